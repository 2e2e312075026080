package io.netd.runtime.cgroup;

import io.netd.runtime.ContainerException;
import io.netd.runtime.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Version 1: each controller has a hierarchy; where version 2 is mounted beside them its group serves to kill all at once. */
final class LegacyHierarchies implements Hierarchies {
    private final CgroupMounts mounts;

    LegacyHierarchies(CgroupMounts mounts) {
        this.mounts = mounts;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void make(Path group, Limits limits) {
        for (CgroupMounts.Legacy hierarchy : mounts.legacy()) {
            Path directory = hierarchy.directory().resolve(group);
            CgroupTree.make(directory);
            if (hierarchy.controllers().contains("cpuset")) {
                inheritCpuset(hierarchy.directory(), group);
            }
        }
        mounts.unified().ifPresent(root -> CgroupTree.make(root.resolve(group)));
        new LegacyLimits(name -> directory(group, name)).apply(limits);
    }

    /** A new cpuset is empty and takes no process (ENOSPC): copy the parent's, from the top down. */
    private static void inheritCpuset(Path root, Path group) {
        Path parent = root;
        for (Path name : group) {
            Path child = parent.resolve(name);
            for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
                CgroupFile own = CgroupFile.in(child, file);
                if (own.read().orElse("").isEmpty()) {
                    CgroupFile.in(parent, file)
                            .read()
                            .filter(text -> !text.isEmpty())
                            .ifPresent(own::write);
                }
            }
            parent = child;
        }
    }

    private Optional<Path> directory(Path group, String controller) {
        return mounts.legacy().stream()
                .filter(hierarchy -> hierarchy.controllers().contains(controller))
                .map(hierarchy -> hierarchy.directory().resolve(group))
                .findFirst();
    }

    @Override
    public List<Path> directories(Path group) {
        List<Path> all = new ArrayList<>();
        mounts.legacy().forEach(hierarchy -> all.add(hierarchy.directory().resolve(group)));
        mounts.unified().ifPresent(root -> all.add(root.resolve(group)));
        return all.stream().filter(Files::isDirectory).toList();
    }

    @Override
    public List<String> shown(Path group) {
        return mounts.legacy().stream()
                .map(hierarchy -> hierarchy.directory().getFileName() + ":"
                        + hierarchy.directory().resolve(group))
                .toList();
    }

    @Override
    public long outOfMemoryKills(Path group) {
        return directory(group, "memory")
                .map(memory -> CgroupFile.in(memory, "memory.oom_control").keyed("oom_kill"))
                .orElse(0L);
    }

    @Override
    public void remove(Path group) {
        RuntimeException failure = null;
        for (Path directory : directories(group)) {
            try {
                CgroupTree.remove(directory, () -> kill(group, directory));
            } catch (ContainerException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** {@code cgroup.kill} leaves nobody out; without it freeze, so that nobody forks away, kill and thaw. */
    private void kill(Path group, Path directory) {
        mounts.unified()
                .ifPresent(root ->
                        CgroupFile.in(root.resolve(group), "cgroup.kill").offer("1"));
        Optional<CgroupFile> freezer = directory(group, "freezer").map(found -> CgroupFile.in(found, "freezer.state"));
        freezer.ifPresent(file -> file.offer("FROZEN"));
        CgroupTree.killAll(CgroupTree.processes(directory));
        freezer.ifPresent(file -> file.offer("THAWED"));
    }

    @Override
    public void removeIfEmpty(Path group) {
        directories(group).forEach(CgroupTree::removeIfEmpty);
    }
}
