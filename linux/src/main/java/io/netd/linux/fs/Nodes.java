package io.netd.linux.fs;

import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.nio.file.Path;

/** Device nodes and owners of files, by number. */
public final class Nodes {
    private Nodes() {}

    /**
     * mknod(2); the process's umask applies to the permissions.
     *
     * @param mode permissions and {@code S_IFCHR}, {@code S_IFBLK} or {@code S_IFIFO}
     * @throws LinuxException when the kernel refuses
     */
    public static void make(Path path, int mode, int major, int minor) {
        Libc.check("mknod", Libc.files().mknod(Libc.text(path), mode, device(major, minor)), path);
    }

    /**
     * Gives a file, or a link itself, to a user and a group; -1 leaves one as it is.
     *
     * @throws LinuxException when the kernel refuses
     */
    public static void own(Path path, int user, int group) {
        Libc.check("lchown", Libc.files().lchown(Libc.text(path), user, group), path);
    }

    /** A device number as the C library's makedev() packs it. */
    static long device(int major, int minor) {
        return (major & 0xffff_f000L) << 32 | (major & 0xfffL) << 8 | (minor & 0xffff_ff00L) << 12 | minor & 0xffL;
    }
}
