package io.netd.plugins.tuning;

import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.sysctl.Sysctl;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A kernel parameter that is wanted in a container's namespace. Its methods are called inside.
 *
 * @param key as it was written
 * @param path the same below {@code /proc/sys}
 */
record Parameter(String key, String path, String value) {
    private static final Path NET = Path.of("/net");

    /**
     * One of the network's parameters. As in the reference plugin every dot of the key is a slash, and {@code IFNAME} the
     * container's interface, whose dots stay.
     *
     * @throws IllegalArgumentException for a parameter of something else
     */
    static Parameter of(String key, String value, String ifName) {
        String path = key.replace('.', '/');
        int place = path.indexOf("IFNAME");
        if (place >= 0) {
            path = path.substring(0, place) + ifName + path.substring(place + "IFNAME".length());
        }
        Path below = Path.of("/", path).normalize();
        if (!below.startsWith(NET) || below.equals(NET)) {
            throw new IllegalArgumentException("invalid net sysctl key");
        }
        return new Parameter(key, below.toString().substring(1), value);
    }

    void write() {
        Sysctl.write(path, value);
    }

    /**
     * The value it has now; empty for one that is there to be written only, such as net/ipv4/route/flush.
     *
     * @throws LinuxException ENOENT when there is no such parameter
     */
    Optional<String> current() {
        try {
            return Optional.of(Sysctl.read(path));
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Whether a value that was read says the same; the kernel puts tabs between the numbers of a list. */
    boolean isSaidBy(String current) {
        return value.strip().replaceAll("\\s+", " ").equals(current.strip().replaceAll("\\s+", " "));
    }
}
