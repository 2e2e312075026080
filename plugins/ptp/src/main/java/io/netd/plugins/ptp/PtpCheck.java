package io.netd.plugins.ptp;

import io.netd.address.IpPrefix;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.firewall.Rule;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Route;
import io.netd.netlink.route.RouteSocket;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.Host;
import java.util.List;
import java.util.Optional;

/** CHECK: the result's interfaces, addresses and routes, and the rules they need, against the kernel's. */
record PtpCheck(PtpConfig config, CheckRequest request, Host host) {
    void run() {
        RouteSocket inside = request.sandbox().route();
        Link end = inside.links()
                .byName(ifName())
                .filter(link -> link.kind().equals("veth"))
                .orElseThrow(() -> failure(
                        "no veth " + ifName() + " is in " + request.sandbox().path()));
        Link hostEnd = host.route()
                .links()
                .byIndex(end.peerIndex())
                .orElseThrow(() -> failure("the host end of " + ifName() + " is missing"));
        requireThat(end.up() && hostEnd.up(), ifName() + " or its host end " + hostEnd.name() + " is down");
        request.ownMac()
                .ifPresent(mac -> requireThat(
                        end.mac().equals(Optional.of(mac)), ifName() + " has not the hardware address " + mac));
        Peers peers = Peers.of(request.ownAddresses(), request.expected().routes());
        peers.all().forEach(peer -> {
            requireAddress(inside, end, peer.address());
            requireAddress(host.route(), hostEnd, peer.hostAddress());
            requireRoutes(host.route(), "the host", List.of(peer.hostRoute(hostEnd.index())));
        });
        requireRoutes(inside, request.sandbox().path(), peers.containerRoutes(end.index()));
        List<Rule> missing = host.firewall().missing(peers.rules(config));
        requireThat(missing.isEmpty(), "rules are missing: " + missing);
    }

    private static void requireAddress(RouteSocket route, Link link, IpPrefix address) {
        requireThat(
                route.addresses().list(link.index()).stream()
                        .anyMatch(held -> held.prefix().equals(address)),
                link.name() + " lacks " + address);
    }

    private static void requireRoutes(RouteSocket route, String where, List<Route> wanted) {
        List<Route> present = route.routes().list();
        wanted.forEach(expected -> requireThat(
                present.stream().anyMatch(found -> isSame(found, expected)),
                where + " has no route to " + expected.destination()
                        + expected.gateway().map(gateway -> " via " + gateway).orElse("")));
    }

    private static boolean isSame(Route found, Route expected) {
        return found.destination().equals(expected.destination())
                && found.gateway().equals(expected.gateway())
                && found.outIndex() == expected.outIndex()
                && found.table() == expected.table();
    }

    private String ifName() {
        return request.ifName().value();
    }

    private static void requireThat(boolean condition, String fault) {
        if (!condition) {
            throw failure(fault);
        }
    }

    private static CniException failure(String fault) {
        return new CniException(ErrorCode.INTERNAL, "ptp: " + fault);
    }
}
