package io.netd.linux.fs;

import static io.netd.linux.sys.Constants.O_CLOEXEC;
import static io.netd.linux.sys.Constants.O_CREAT;
import static io.netd.linux.sys.Constants.O_EXCL;
import static io.netd.linux.sys.Constants.O_NOFOLLOW;
import static io.netd.linux.sys.Constants.O_RDONLY;
import static io.netd.linux.sys.Constants.O_TRUNC;
import static io.netd.linux.sys.Constants.O_WRONLY;

import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Files of one write and names of files, by plain system calls: at a fraction of a channel's cost, and an interrupted
 * thread may use them, whose channels Java closes.
 */
public final class SmallFiles {
    private SmallFiles() {}

    /**
     * A file's content; empty when there is no such file.
     *
     * @throws LinuxException EFBIG when it is larger than {@code limit} bytes; when it cannot be read
     */
    public static Optional<byte[]> read(Path file, int limit) {
        int number = Libc.files().open(Libc.text(file), O_RDONLY | O_CLOEXEC, 0);
        if (number == -1 && Libc.lastErrno() == Errno.ENOENT) {
            return Optional.empty();
        }
        try (Fd fd = Fd.owning(Libc.check("open", number, file))) {
            return Optional.of(fd.readAll(limit));
        }
    }

    /**
     * Makes a file that is not there yet, open for writing.
     *
     * @throws LinuxException EEXIST when it is there
     */
    public static Fd create(Path file, int mode) {
        return Fd.open(file, O_WRONLY | O_CREAT | O_EXCL, mode);
    }

    /**
     * Empties a file, or makes it, open for writing.
     *
     * @throws LinuxException ELOOP when it is a symbolic link
     */
    public static Fd empty(Path file, int mode) {
        return Fd.open(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode);
    }

    /** Gives a file another name, in the place of what has that name. */
    public static void rename(Path from, Path to) {
        Libc.check("rename", Libc.files().rename(Libc.text(from), Libc.text(to)), from + " to " + to);
    }

    /** Gives a file one more name; false when something has that name already. */
    public static boolean link(Path existing, Path name) {
        return unless(Errno.EEXIST, "link", Libc.files().link(Libc.text(existing), Libc.text(name)), name);
    }

    /** Takes a name away; false when there is no such name. */
    public static boolean remove(Path name) {
        return unless(Errno.ENOENT, "unlink", Libc.files().unlink(Libc.text(name)), name);
    }

    private static boolean unless(Errno expected, String call, int result, Path argument) {
        Errno errno = result == -1 ? Libc.lastErrno() : expected;
        if (errno != expected) {
            throw new LinuxException(call, errno, argument.toString());
        }
        return result != -1;
    }
}
