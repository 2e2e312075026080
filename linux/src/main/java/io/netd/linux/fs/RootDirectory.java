package io.netd.linux.fs;

import static io.netd.linux.sys.Constants.O_CLOEXEC;
import static io.netd.linux.sys.Constants.O_DIRECTORY;
import static io.netd.linux.sys.Constants.O_PATH;
import static io.netd.linux.sys.Constants.RESOLVE_IN_ROOT;
import static io.netd.linux.sys.Constants.SYS_OPENAT2;

import io.netd.linux.proc.OwnPath;
import io.netd.linux.proc.Program;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder taken for {@code /}: paths below it, with all their links, mean what they mean to a process that has this
 * root, and never lead out of it. Thread-safe.
 */
public final class RootDirectory implements AutoCloseable {
    private final Fd fd;
    private final boolean isOwn;

    private RootDirectory(Fd fd, boolean isOwn) {
        this.fd = fd;
        this.isOwn = isOwn;
    }

    /** This process's own root. */
    public static RootDirectory ofHost() {
        return new RootDirectory(Fd.open(Path.of("/"), O_PATH | O_DIRECTORY), true);
    }

    /**
     * The folder at a path of this process's view, such as {@code /proc/PID/root} or {@code /proc/PID/fd/N}.
     *
     * @throws LinuxException when it cannot be opened; ENOTDIR when it is no folder
     */
    public static RootDirectory open(Path path) {
        return new RootDirectory(Fd.open(path, O_PATH | O_DIRECTORY), false);
    }

    /**
     * Opens a file below the root, always with {@code O_CLOEXEC}.
     *
     * @param flags {@code O_*}
     * @throws LinuxException when the kernel refuses
     */
    public Fd open(String path, int flags) {
        return open(path, flags, 0);
    }

    /**
     * Opens a file below the root and creates it if {@code flags} say so.
     *
     * @param mode the permissions of a created file; must be 0 if none can be
     * @throws LinuxException when the kernel refuses
     */
    public Fd open(String path, int flags, int mode) {
        byte[] how = new OpenHow(flags | O_CLOEXEC, mode, RESOLVE_IN_ROOT).bytes();
        int result = openat2(path, how);
        while (result == -1) {
            Errno errno = Libc.lastErrno();
            // A rename somewhere in the tree makes the kernel give up: openat2(2) says to try again.
            if (errno != Errno.EAGAIN && errno != Errno.EINTR) {
                throw new LinuxException("open", errno, path);
            }
            result = openat2(path, how);
        }
        return Fd.owning(result);
    }

    private int openat2(String path, byte[] how) {
        return (int) Libc.raw().syscall(SYS_OPENAT2, fd.number(), Libc.text(path), how, OpenHow.SIZE);
    }

    /**
     * A small text file's content; empty when there is no such file.
     *
     * @throws LinuxException EFBIG when it is larger than that, EINVAL when it is no regular file, or when it cannot be
     *     opened
     * @throws UncheckedIOException when it cannot be read
     */
    public Optional<String> readText(String path, int maxBytes) {
        // O_PATH first: opening a FIFO or a device below a foreign root could wait, or do something.
        try (Fd file = open(path, O_PATH)) {
            if (!Files.isRegularFile(file.procPath())) {
                throw new LinuxException("read", Errno.EINVAL, path + ", which is no regular file");
            }
            return Optional.of(readAtMost(file.procPath(), maxBytes, path));
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("read " + path, e);
        }
    }

    private static String readAtMost(Path file, int maxBytes, String name) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new LinuxException("read", Errno.EFBIG, name);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /**
     * Where this process finds a file or folder below the root; the path is good for as long as the descriptor is open.
     *
     * @throws LinuxException when there is none
     */
    public Fd locate(String path) {
        return open(path, O_PATH);
    }

    /**
     * The program so that this folder is its root, for as long as this is open. It is found by its path below the root,
     * and starts there.
     */
    public Program entering(Program program) {
        if (isOwn) {
            return program;
        }
        String place = fd.sharedPath().toString();
        return program.through(List.of(OwnPath.find("nsenter"), "--root=" + place, "--wd=" + place));
    }

    /** Lets the folder go. */
    @Override
    public void close() {
        fd.close();
    }
}
