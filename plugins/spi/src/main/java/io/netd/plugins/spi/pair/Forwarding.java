package io.netd.plugins.spi.pair;

import io.netd.address.IpFamily;
import io.netd.plugins.spi.Host;

/** Makes a host forward packets of the families that a gateway serves. */
public final class Forwarding {
    private static final String IPV4 = "net/ipv4/ip_forward";
    private static final String IPV6 = "net/ipv6/conf/all/forwarding";

    private Forwarding() {}

    /** The setting of a family, as a path below /proc/sys. */
    public static String key(IpFamily family) {
        return family == IpFamily.IPV4 ? IPV4 : IPV6;
    }

    /** For the families of these addresses. */
    public static void ensure(Host host, Addressing addressing) {
        for (IpFamily family : IpFamily.values()) {
            if (addressing.has(family)) {
                host.settings().ensure(key(family), "1");
            }
        }
    }
}
