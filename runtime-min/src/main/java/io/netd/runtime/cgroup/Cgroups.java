package io.netd.runtime.cgroup;

import io.netd.linux.fs.FileFailure;
import io.netd.runtime.ContainerException;
import io.netd.runtime.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The containers' cgroups, one group per container below a common parent in every hierarchy. Any thread; making and
 * removing exclude each other, so that the parent can come with the first container and go with the last.
 */
public final class Cgroups {
    private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");

    private final Hierarchies hierarchies;
    private final Path parent;

    private Cgroups(Hierarchies hierarchies, String parent) {
        if (!parent.startsWith("/") || parent.contains("..")) {
            throw ContainerException.invalid("cgroup parent '" + parent + "' must be an absolute path");
        }
        this.hierarchies = hierarchies;
        this.parent = Path.of(parent.substring(1));
    }

    /** This host's cgroups. */
    public static Cgroups ofHost(String parent) {
        try {
            return in(CgroupMounts.parse(Files.readAllLines(MOUNTINFO)), parent);
        } catch (IOException e) {
            throw ContainerException.failed("read " + MOUNTINFO + ": " + FileFailure.reason(e), e);
        }
    }

    /** Cgroups at known places; version 1 counts where it holds controllers. */
    public static Cgroups in(CgroupMounts mounts, String parent) {
        if (mounts.isLegacy()) {
            return new Cgroups(new LegacyHierarchies(mounts), parent);
        }
        Path unified = mounts.unified()
                .orElseThrow(() -> ContainerException.invalid("no cgroup file system is mounted on this host"));
        return new Cgroups(new UnifiedHierarchy(unified), parent);
    }

    /** 1 (also side by side with 2) or 2. */
    public int version() {
        return hierarchies.version();
    }

    /** Makes a container's group with its limits; on failure nothing of it is left. */
    public synchronized Membership make(String id, Limits limits) {
        Path group = parent.resolve(id);
        try {
            hierarchies.make(group, limits);
        } catch (ContainerException e) {
            discard(group, e);
            throw e;
        }
        return membership(id);
    }

    /** What a process needs to know to join a container's group. */
    public Membership membership(String id) {
        Path group = parent.resolve(id);
        return new Membership(hierarchies.directories(group), hierarchies.shown(group), hierarchies.version() == 2);
    }

    /** True when the kernel has killed a process of the container for want of memory. */
    public boolean ranOutOfMemory(String id) {
        return hierarchies.outOfMemoryKills(parent.resolve(id)) > 0;
    }

    /** Kills what is left in a container's group and removes it; done already is success. */
    public synchronized void remove(String id) {
        hierarchies.remove(parent.resolve(id));
        hierarchies.removeIfEmpty(parent);
    }

    private void discard(Path group, ContainerException failure) {
        try {
            hierarchies.remove(group);
            hierarchies.removeIfEmpty(parent);
        } catch (ContainerException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * How a container belongs to its group.
     *
     * @param directories all have to be joined
     * @param shown {@code name:directory} of version 1 hierarchies to show inside
     * @param unified the container mounts version 2, and its devices are guarded by a program on the group
     */
    public record Membership(List<Path> directories, List<String> shown, boolean unified) {
        /** Copies the lists. */
        public Membership {
            directories = List.copyOf(directories);
            shown = List.copyOf(shown);
        }
    }
}
