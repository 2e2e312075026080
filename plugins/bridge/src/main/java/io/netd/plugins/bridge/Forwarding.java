package io.netd.plugins.bridge;

import io.netd.address.IpFamily;
import io.netd.linux.sysctl.Sysctl;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.trace.SysctlTrace;

/** Makes a host forward packets of the families that a gateway serves. */
final class Forwarding {
    private static final String IPV4 = "net/ipv4/ip_forward";
    private static final String IPV6 = "net/ipv6/conf/all/forwarding";

    private Forwarding() {}

    static void ensure(Host host, Traces traces, Layout layout) {
        if (layout.has(IpFamily.IPV4)) {
            ensure(host, traces, IPV4);
        }
        if (layout.has(IpFamily.IPV6)) {
            ensure(host, traces, IPV6);
        }
    }

    private static void ensure(Host host, Traces traces, String key) {
        host.namespace().run(() -> {
            String old = Sysctl.read(key);
            if (old.equals("0")) {
                traces.leave(new SysctlTrace(key, old));
                Sysctl.write(key, "1");
            }
        });
    }
}
