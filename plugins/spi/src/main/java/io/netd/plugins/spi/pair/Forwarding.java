package io.netd.plugins.spi.pair;

import io.netd.address.IpFamily;
import io.netd.plugins.spi.Host;

/** Makes a host forward packets of the families that a gateway serves. */
public final class Forwarding {
    private static final String IPV4 = "net/ipv4/ip_forward";
    private static final String IPV6 = "net/ipv6/conf/all/forwarding";

    private Forwarding() {}

    /** For the families of these addresses. */
    public static void ensure(Host host, Addressing addressing) {
        if (addressing.has(IpFamily.IPV4)) {
            host.settings().ensure(IPV4, "1");
        }
        if (addressing.has(IpFamily.IPV6)) {
            host.settings().ensure(IPV6, "1");
        }
    }
}
