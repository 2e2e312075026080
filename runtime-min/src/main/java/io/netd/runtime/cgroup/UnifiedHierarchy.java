package io.netd.runtime.cgroup;

import io.netd.runtime.ContainerException;
import io.netd.runtime.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Version 2: one hierarchy, whose controllers are handed down level by level. */
final class UnifiedHierarchy implements Hierarchies {
    private static final long PERIOD_MICROS = 100_000;
    private static final long NANOS_PER_PERIOD_MICRO = 10_000;

    private final Path root;

    UnifiedHierarchy(Path root) {
        this.root = root;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void make(Path group, Limits limits) {
        Path parent = root;
        for (Path name : group) {
            handDown(parent);
            parent = parent.resolve(name);
            CgroupTree.make(parent);
        }
        apply(parent, limits);
    }

    /** One controller at a time: a single unknown one would refuse them all. */
    private static void handDown(Path parent) {
        for (String controller : List.of("cpu", "cpuset", "io", "memory", "pids")) {
            CgroupFile.in(parent, "cgroup.subtree_control").offer("+" + controller);
        }
    }

    private static void apply(Path group, Limits limits) {
        limits.memoryBytes().ifPresent(bytes -> {
            need(group, "memory.max").write(Long.toString(bytes));
            CgroupFile swap = CgroupFile.in(group, "memory.swap.max");
            if (limits.memorySwapBytes().isPresent()) {
                swap.write(Long.toString(limits.memorySwapBytes().get() - bytes));
            } else {
                swap.offer(Long.toString(bytes));
            }
        });
        limits.nanoCpus()
                .ifPresent(nanos -> need(group, "cpu.max").write(nanos / NANOS_PER_PERIOD_MICRO + " " + PERIOD_MICROS));
        limits.pids().ifPresent(count -> need(group, "pids.max").write(Long.toString(count)));
    }

    private static CgroupFile need(Path group, String name) {
        CgroupFile file = CgroupFile.in(group, name);
        if (!file.exists()) {
            String controller = name.substring(0, name.indexOf('.'));
            throw ContainerException.invalid(
                    "this host cannot limit " + controller + ": its cgroup controller is not handed down to " + group);
        }
        return file;
    }

    @Override
    public List<Path> directories(Path group) {
        return Files.isDirectory(root.resolve(group)) ? List.of(root.resolve(group)) : List.of();
    }

    @Override
    public List<String> shown(Path group) {
        return List.of();
    }

    @Override
    public long outOfMemoryKills(Path group) {
        return CgroupFile.in(root.resolve(group), "memory.events").keyed("oom_kill");
    }

    @Override
    public void remove(Path group) {
        Path directory = root.resolve(group);
        CgroupTree.remove(directory, () -> {
            CgroupFile.in(directory, "cgroup.kill").offer("1");
            CgroupTree.killAll(CgroupTree.processes(directory));
        });
    }

    @Override
    public void removeIfEmpty(Path group) {
        CgroupTree.removeIfEmpty(root.resolve(group));
    }
}
