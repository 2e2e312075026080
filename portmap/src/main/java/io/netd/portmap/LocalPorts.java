package io.netd.portmap;

import io.netd.address.PortRange;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.sysctl.Sysctl;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The ports of one network namespace from which the kernel, and netd, choose free ones: {@code ip_local_port_range} without
 * {@code ip_local_reserved_ports} (Documentation/networking/ip-sysctl.rst).
 *
 * @param range from which to choose
 * @param reserved which of it are left alone unless somebody names them
 */
record LocalPorts(PortRange range, BitSet reserved) {
    /** The dynamic ports of RFC 6335, where the kernel does not tell. */
    private static final PortRange DYNAMIC = new PortRange(49_153, 65_535);

    /** As they are in this thread's namespace. */
    static LocalPorts read() {
        return parse(text("net/ipv4/ip_local_port_range"), text("net/ipv4/ip_local_reserved_ports"));
    }

    /** Of the parameters' texts, which may be empty. */
    static LocalPorts parse(String range, String reserved) {
        BitSet left = new BitSet();
        if (!reserved.isEmpty()) {
            for (String part : reserved.split(",")) {
                String[] ends = part.strip().split("-", 2);
                left.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
            }
        }
        return new LocalPorts(range.isEmpty() ? DYNAMIC : PortRange.parse(range.replaceAll("\\s+", "-")), left);
    }

    private static String text(String key) {
        try {
            return Sysctl.read(key);
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                return "";
            }
            throw e;
        }
    }

    /** Each of them once, those behind {@code last} first. */
    IntStream after(int last) {
        int start = range.contains(last) ? last + 1 : range.first();
        return IntStream.concat(IntStream.rangeClosed(start, range.last()), IntStream.range(range.first(), start))
                .filter(port -> !reserved.get(port));
    }
}
