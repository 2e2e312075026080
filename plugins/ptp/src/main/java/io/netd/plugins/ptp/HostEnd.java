package io.netd.plugins.ptp;

import io.netd.address.IpFamily;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.netlink.route.Route;
import io.netd.netlink.route.RouteSocket;
import io.netd.netlink.route.Rtnetlink;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.pair.Ipv6Settings;

/** The host's end of the pair. What it is given goes with it. */
record HostEnd(Host host, String name) {
    /** Gives it the gateways' addresses and the routes to the container. */
    void furnish(Peers peers) {
        if (peers.addressing().has(IpFamily.IPV6)) {
            host.namespace().run(() -> Ipv6Settings.write(name, "disable_ipv6", "0"));
        }
        RouteSocket route = host.route();
        int index = route.links()
                .indexOf(name)
                .orElseThrow(() ->
                        new CniException(ErrorCode.TRY_LATER, "ptp: " + name + " went away while it was being set up"));
        for (Peer peer : peers.all()) {
            route.addresses().add(index, peer.hostAddress(), Rtnetlink.IFA_F_NODAD);
            add(peer.hostRoute(index));
        }
    }

    private void add(Route route) {
        if (!host.route().routes().add(route)) {
            throw new CniException(
                    ErrorCode.INTERNAL, "ptp: the host has a route to " + route.destination() + " already");
        }
    }
}
