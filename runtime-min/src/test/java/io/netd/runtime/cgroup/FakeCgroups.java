package io.netd.runtime.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Directories that look like cgroup hierarchies; a group's files are made beforehand, as the kernel does with the group. */
record FakeCgroups(Path root) {
    private static final Map<String, List<String>> FILES = Map.of(
            "cpu", List.of("cpu.cfs_period_us", "cpu.cfs_quota_us"),
            "cpuset", List.of("cpuset.cpus", "cpuset.mems"),
            "memory", List.of("memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.oom_control"),
            "pids", List.of("pids.max"),
            "freezer", List.of("freezer.state"),
            "devices", List.of("devices.allow", "devices.deny"));

    CgroupMounts legacy(String... controllers) {
        return new CgroupMounts(
                List.of(controllers).stream()
                        .map(name -> new CgroupMounts.Legacy(root.resolve(name), List.of(name)))
                        .toList(),
                Optional.empty());
    }

    CgroupMounts unified() {
        return new CgroupMounts(List.of(), Optional.of(root));
    }

    void legacyGroup(String group) throws IOException {
        for (Map.Entry<String, List<String>> controller : FILES.entrySet()) {
            files(root.resolve(controller.getKey()).resolve(group), controller.getValue());
        }
    }

    void unifiedGroup(String group, String... files) throws IOException {
        files(root.resolve(group), List.of(files));
    }

    private static void files(Path directory, List<String> names) throws IOException {
        Files.createDirectories(directory);
        for (String name : names) {
            Files.writeString(directory.resolve(name), "");
        }
    }

    String read(String path) throws IOException {
        return Files.readString(root.resolve(path));
    }
}
