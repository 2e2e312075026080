package io.netd.runtime.cgroup;

import io.netd.linux.fs.FileFailure;
import io.netd.linux.proc.ProcessId;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.runtime.ContainerException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Groups as directories: making, emptying and removing them. */
final class CgroupTree {
    private static final int KILL = 9;
    private static final int TRIES = 12;

    private CgroupTree() {}

    /** Another daemon may take the empty parent away in between: then once more. */
    static void make(Path group) {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.createDirectories(group);
                return;
            } catch (IOException e) {
                if (!(e instanceof NoSuchFileException) || attempt == TRIES) {
                    throw ContainerException.failed("make the cgroup " + group + ": " + FileFailure.reason(e), e);
                }
            }
        }
    }

    /** Processes of the group and of the groups below it. */
    static List<Integer> processes(Path group) {
        try (Stream<Path> all = Files.walk(group)) {
            return all.filter(Files::isDirectory)
                    .flatMap(each -> CgroupFile.in(each, "cgroup.procs").read().stream())
                    .flatMap(String::lines)
                    .filter(line -> !line.isBlank())
                    .map(Integer::valueOf)
                    .toList();
        } catch (IOException | java.io.UncheckedIOException gone) {
            return List.of();
        }
    }

    static void killAll(List<Integer> pids) {
        pids.forEach(pid -> ProcessId.of(pid).ifPresent(CgroupTree::kill));
    }

    private static void kill(ProcessId process) {
        try {
            process.signal(KILL);
        } catch (LinuxException e) {
            // It has ended by itself just now.
            if (e.errno() != Errno.ESRCH) {
                throw e;
            }
        }
    }

    /** Removes the group and the groups below it. Killed processes take a moment to leave, and version 1 has no notice of it. */
    static void remove(Path group, Runnable kill) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (tryRemove(group)) {
                return;
            }
            kill.run();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1L << Math.min(attempt, 7)));
        }
        throw ContainerException.failed(
                "remove the cgroup " + group + ": still in use", new FileSystemException(group.toString()));
    }

    /** Removes a directory when nothing is below it any more; somebody else's group there is left alone. */
    static void removeIfEmpty(Path group) {
        tryRemove(group, false);
    }

    private static boolean tryRemove(Path group) {
        return tryRemove(group, true);
    }

    private static boolean tryRemove(Path group, boolean deep) {
        try {
            if (deep) {
                for (Path below : groupsBelow(group)) {
                    if (!tryRemove(below, true)) {
                        return false;
                    }
                }
            }
            Files.delete(group);
            return true;
        } catch (NoSuchFileException gone) {
            return true;
        } catch (IOException busy) {
            return false;
        }
    }

    private static List<Path> groupsBelow(Path group) throws IOException {
        try (Stream<Path> entries = Files.list(group)) {
            return entries.filter(Files::isDirectory).toList();
        }
    }
}
