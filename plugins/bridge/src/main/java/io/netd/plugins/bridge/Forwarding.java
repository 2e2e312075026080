package io.netd.plugins.bridge;

import io.netd.address.IpFamily;
import io.netd.plugins.spi.Host;

/** Makes a host forward packets of the families that a gateway serves. */
final class Forwarding {
    private static final String IPV4 = "net/ipv4/ip_forward";
    private static final String IPV6 = "net/ipv6/conf/all/forwarding";

    private Forwarding() {}

    static void ensure(Host host, Layout layout) {
        if (layout.has(IpFamily.IPV4)) {
            host.settings().ensure(IPV4, "1");
        }
        if (layout.has(IpFamily.IPV6)) {
            host.settings().ensure(IPV6, "1");
        }
    }
}
