package io.netd.linux.sysctl;

import io.netd.linux.sys.Constants;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Kernel parameters under {@code /proc/sys}. Those under {@code net/} belong to the calling thread's network namespace
 * at the moment of the call. Keys have slashes, because interface names may have dots: {@code net/ipv4/ip_forward}.
 */
public final class Sysctl {
    /** The longest parameters, such as port lists, have some thousand characters. */
    private static final int LIMIT = 64 << 10;

    private static final int NUMBER = 64;

    private static final Path ROOT = Path.of("/proc/sys");

    private Sysctl() {}

    /**
     * The value without its newline.
     *
     * @throws LinuxException ENOENT when the kernel has no such parameter; when it cannot be read
     */
    public static String read(String key) {
        try (Fd fd = open(key, Constants.O_RDONLY)) {
            return new String(fd.readAll(LIMIT), StandardCharsets.US_ASCII).strip();
        }
    }

    /**
     * Sets a value.
     *
     * @throws LinuxException ENOENT when the kernel has no such parameter, EROFS where /proc/sys is read-only, EINVAL
     *     when the kernel refuses the value
     */
    public static void write(String key, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        try (Fd fd = open(key, Constants.O_WRONLY)) {
            fd.write(bytes);
        } catch (LinuxException e) {
            throw new LinuxException("set", e.errno(), key + " = " + value);
        }
    }

    /**
     * A switch or number that is kept open, to be read again and again by {@link #read(Fd)}.
     *
     * @throws LinuxException ENOENT when the kernel has no such parameter
     */
    public static Fd open(String key) {
        return open(key, Constants.O_RDONLY);
    }

    /** The value of a parameter that was opened, as it is now, in the namespace it was opened in. */
    public static String read(Fd open) {
        return new String(open.peek(NUMBER), StandardCharsets.US_ASCII).strip();
    }

    /**
     * Whether a switch is off, by one read(2) less than {@link #read(String)}.
     *
     * @throws LinuxException as {@link #read(String)}
     */
    public static boolean isOff(String key) {
        try (Fd fd = open(key)) {
            return read(fd).equals("0");
        }
    }

    private static Fd open(String key, int flags) {
        Path path = ROOT.resolve(key).normalize();
        if (!path.startsWith(ROOT) || path.equals(ROOT)) {
            throw new IllegalArgumentException("not a kernel parameter: " + key);
        }
        return Fd.open(path, flags);
    }
}
