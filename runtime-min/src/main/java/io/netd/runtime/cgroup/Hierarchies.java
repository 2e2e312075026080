package io.netd.runtime.cgroup;

import io.netd.runtime.Limits;
import java.nio.file.Path;
import java.util.List;

/** The cgroup hierarchies of a host, all of them at once. Groups are named by a path below the mount points. */
interface Hierarchies {
    /** 1 or 2, as {@code info} prints it. */
    int version();

    /** Makes the group everywhere and sets its limits; a limit that cannot be held is an error. */
    void make(Path group, Limits limits);

    /** The group's directories, all of which a process has to join. */
    List<Path> directories(Path group);

    /** {@code name:directory} of what a container is shown below /sys/fs/cgroup; empty when it mounts version 2 itself. */
    List<String> shown(Path group);

    /** How many processes of the group the kernel has killed for want of memory. */
    long outOfMemoryKills(Path group);

    /** Kills what is left in the group and removes it everywhere; goes on past a hierarchy that fails. */
    void remove(Path group);

    /** Removes a directory that only held groups, where it is empty. */
    void removeIfEmpty(Path group);
}
