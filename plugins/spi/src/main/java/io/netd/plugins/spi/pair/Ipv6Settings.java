package io.netd.plugins.spi.pair;

import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.sysctl.Sysctl;
import io.netd.plugins.spi.Host;

/** IPv6 settings of single links; a kernel without IPv6 has none, and needs none. */
public final class Ipv6Settings {
    private static final String PREFIX = "net/ipv6/conf/";

    private Ipv6Settings() {}

    /** Keeps a link of the host from taking addresses and routes that a container announces. */
    public static void ignoreAdvertisements(Host host, String link) {
        host.namespace().run(() -> write(link, "accept_ra", "0"));
    }

    /**
     * Lets a bridge of our own speak IPv6 as soon as it is up. Its link-local address is that of its random hardware
     * address, and until the kernel has made sure that nobody else has it (a second or two), it asks for no neighbour, so
     * that nothing reaches a container.
     */
    public static void trustOwnAddress(Host host, String bridge) {
        host.namespace().run(() -> write(bridge, "accept_dad", "0"));
    }

    /** Lets a link of the host have IPv6 addresses where the host has IPv6 off for new links. */
    public static void enable(Host host, String link) {
        host.namespace().run(() -> write(link, "disable_ipv6", "0"));
    }

    /** In the calling thread's namespace. */
    public static void write(String link, String setting, String value) {
        try {
            Sysctl.write(PREFIX + link + "/" + setting, value);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }
}
