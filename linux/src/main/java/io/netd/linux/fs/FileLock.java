package io.netd.linux.fs;

import static io.netd.linux.sys.Constants.LOCK_EX;
import static io.netd.linux.sys.Constants.LOCK_NB;
import static io.netd.linux.sys.Constants.O_CREAT;
import static io.netd.linux.sys.Constants.O_RDWR;

import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An exclusive flock(2), which other programs' flock(2) and other holders in this process respect; Java's own file lock
 * is fcntl's and meets neither. The kernel frees it when the process dies.
 */
public final class FileLock implements AutoCloseable {
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Fd fd;

    private FileLock(Fd fd) {
        this.fd = fd;
    }

    /**
     * Waits for the lock. The file is created if need be.
     *
     * @throws LinuxException EAGAIN when another holds it for all that time, or the thread is interrupted; or the file
     *     cannot be opened
     */
    public static FileLock acquire(Path file, Duration timeout) {
        Fd fd = open(file);
        try {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (!locked(fd, file)) {
                if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                    throw new LinuxException("flock", Errno.EAGAIN, file + " after " + timeout);
                }
                // Waiting inside flock() could be ended by nothing but a signal.
                LockSupport.parkNanos(RETRY_NANOS);
            }
            return new FileLock(fd);
        } catch (LinuxException e) {
            fd.close();
            throw e;
        }
    }

    /**
     * The lock, if nobody else holds it now. The file is created if need be.
     *
     * @throws LinuxException when the file cannot be opened
     */
    public static Optional<FileLock> tryAcquire(Path file) {
        Fd fd = open(file);
        if (locked(fd, file)) {
            return Optional.of(new FileLock(fd));
        }
        fd.close();
        return Optional.empty();
    }

    private static Fd open(Path file) {
        return Fd.open(file, O_RDWR | O_CREAT, 0600);
    }

    private static boolean locked(Fd fd, Path file) {
        int result = Libc.files().flock(fd.number(), LOCK_EX | LOCK_NB);
        Errno errno = result == -1 ? Libc.lastErrno() : Errno.UNKNOWN;
        if (result == -1 && errno != Errno.EAGAIN && errno != Errno.EINTR) {
            throw new LinuxException("flock", errno, file.toString());
        }
        return result == 0;
    }

    /** Frees the lock; the file stays, because another may wait on it. */
    @Override
    public void close() {
        fd.close();
    }
}
