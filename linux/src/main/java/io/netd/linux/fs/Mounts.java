package io.netd.linux.fs;

import static io.netd.linux.sys.Constants.MNT_DETACH;
import static io.netd.linux.sys.Constants.MS_BIND;
import static io.netd.linux.sys.Constants.MS_RDONLY;
import static io.netd.linux.sys.Constants.MS_REMOUNT;
import static io.netd.linux.sys.Constants.UMOUNT_NOFOLLOW;

import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Mounts of the calling thread's mount namespace. Thread-safe. */
public final class Mounts {
    private static final Path MOUNTINFO = Path.of("/proc/thread-self/mountinfo");

    private Mounts() {}

    /**
     * mount(2).
     *
     * @param type the file system's type; empty where the flags make it meaningless
     * @param flags {@code MS_*}
     * @param data the file system's own options, separated by commas
     * @throws LinuxException when the kernel refuses
     */
    public static void mount(String source, Path target, String type, long flags, String data) {
        int result = Libc.mounts().mount(Libc.text(source), Libc.text(target), Libc.text(type), flags, Libc.text(data));
        Libc.check("mount", result, source + " on " + target);
    }

    /**
     * Shows a file or folder at a second place too.
     *
     * @throws LinuxException when the kernel refuses
     */
    public static void bind(Path source, Path target) {
        mount(source.toString(), target, "", MS_BIND, "");
    }

    /**
     * {@link #bind}, read-only at the second place.
     *
     * @throws LinuxException when the kernel refuses; then nothing is mounted
     */
    public static void bindReadOnly(Path source, Path target) {
        bind(source, target);
        try {
            mount("", target, "", MS_BIND | MS_REMOUNT | MS_RDONLY, "");
        } catch (LinuxException e) {
            unmount(target);
            throw e;
        }
    }

    /**
     * Takes away the topmost mount at a path as soon as nobody uses it; not through a symbolic link.
     *
     * @throws LinuxException EINVAL when nothing is mounted there, ENOENT when there is no such path
     */
    public static void unmount(Path target) {
        Libc.check("umount2", Libc.mounts().umount2(Libc.text(target), MNT_DETACH | UMOUNT_NOFOLLOW), target);
    }

    /** All mounts, in the order in which they were made. */
    public static List<Mount> list() {
        try {
            return Files.readAllLines(MOUNTINFO).stream()
                    .map(Mount::parse)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("read " + MOUNTINFO, e);
        }
    }
}
