package io.netd.linux.sys;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open file descriptor with one owner, who closes it. Thread-safe; closing again does nothing. */
public final class Fd implements AutoCloseable {
    private static final int PIECE = 4096;

    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Fd(int number) {
        this.number = number;
    }

    /** Takes over a descriptor that a call has just opened. */
    public static Fd owning(int number) {
        return new Fd(number);
    }

    /**
     * Opens a file, always with {@code O_CLOEXEC}.
     *
     * @param flags {@code O_*} of {@link Constants}
     * @throws LinuxException when the kernel refuses
     */
    public static Fd open(Path path, int flags) {
        return open(path, flags, 0);
    }

    /**
     * Opens a file and creates it if {@code flags} say so.
     *
     * @param mode the permissions of a created file
     * @throws LinuxException when the kernel refuses
     */
    public static Fd open(Path path, int flags, int mode) {
        int result = Libc.files().open(Libc.text(path), flags | Constants.O_CLOEXEC, mode);
        return new Fd(Libc.check("open", result, path));
    }

    /**
     * The number, for a call made while this is open.
     *
     * @throws IllegalStateException when it is closed: the number may be another file's by now
     */
    public int number() {
        if (closed.get()) {
            throw new IllegalStateException("file descriptor " + number + " is closed");
        }
        return number;
    }

    /**
     * Writes all bytes by one write(2), for files that take a value at once.
     *
     * @throws LinuxException when the kernel refuses, or takes only a part (EIO)
     */
    public void write(byte[] bytes) {
        int written = writeSome(bytes);
        if (written != bytes.length) {
            throw new LinuxException("write", Errno.EIO, written + " of " + bytes.length + " bytes to " + this);
        }
    }

    /**
     * Writes all bytes, by as many write(2) as that takes.
     *
     * @throws LinuxException when the kernel refuses, such as ENOSPC
     */
    public void writeAll(byte[] bytes) {
        byte[] left = bytes;
        while (left.length > 0) {
            left = Arrays.copyOfRange(left, writeSome(left), left.length);
        }
    }

    private int writeSome(byte[] bytes) {
        return Libc.check("write", (int) Libc.files().write(number(), bytes, bytes.length), this);
    }

    /**
     * Cuts the file off at a length, or fills it up with zeros.
     *
     * @throws LinuxException when the kernel refuses
     */
    public void truncate(long length) {
        Libc.check("ftruncate", Libc.files().ftruncate(number(), length), this);
    }

    /**
     * Gives the file an extended attribute; false when the kernel refuses, as many file systems make it do.
     *
     * @param name with its namespace, such as {@code user.}
     */
    public boolean setAttribute(String name, byte[] value) {
        return Libc.files().fsetxattr(number(), Libc.text(name), value, value.length, 0) != -1;
    }

    /**
     * Waits until what was written is on the disk.
     *
     * @throws LinuxException when it does not get there
     */
    public void sync() {
        Libc.check("fsync", Libc.files().fsync(number()), this);
    }

    /**
     * What the file holds from the descriptor's place on, up to its end.
     *
     * @throws LinuxException EFBIG when that is more than {@code limit} bytes; when the kernel refuses
     */
    public byte[] readAll(int limit) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[Math.min(limit + 1, PIECE)];
        for (int length = read(piece); length > 0; length = read(piece)) {
            all.write(piece, 0, length);
            if (all.size() > limit) {
                throw new LinuxException("read", Errno.EFBIG, "more than " + limit + " bytes of " + this);
            }
        }
        return all.toByteArray();
    }

    /**
     * What the file holds at its beginning, by one pread(2): all of a small file of the kernel's, as it is now.
     *
     * @throws LinuxException when the kernel refuses
     */
    public byte[] peek(int limit) {
        byte[] bytes = new byte[limit];
        int length = Libc.check("pread", (int) Libc.files().pread(number(), bytes, limit, 0), this);
        return Arrays.copyOf(bytes, length);
    }

    private int read(byte[] bytes) {
        return Libc.check("read", (int) Libc.files().read(number(), bytes, bytes.length), this);
    }

    /** A path that leads to the open file from every thread of this process. */
    public Path procPath() {
        return Path.of("/proc/self/fd", Integer.toString(number()));
    }

    /** Where other processes of this process's PID namespace find the file, while it is open here. */
    public Path sharedPath() {
        return Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd", Integer.toString(number()));
    }

    /**
     * Another descriptor of the same open file.
     *
     * @throws LinuxException when there are too many
     */
    public Fd duplicate() {
        int result = Libc.files().fcntl(number(), Constants.F_DUPFD_CLOEXEC, 0);
        return new Fd(Libc.check("fcntl F_DUPFD_CLOEXEC", result, number));
    }

    /** Closes the descriptor; close(2)'s own failure is ignored because Linux frees the number even then. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Libc.files().close(number);
        }
    }

    @Override
    public String toString() {
        return "fd " + number;
    }
}
