package io.netd.engine.network;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.ipam.ResolvConf;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Route;
import io.netd.netlink.route.RouteSocket;
import io.netd.plugins.spi.Host;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a new network must fit in with: routes, nameservers, the uplink. */
final class Surroundings {
    private static final int RT_TABLE_MAIN = 254;
    private static final int ETHERNET_MTU = 1500;
    private static final int MAX_RESOLV_CONF = 1 << 16;
    private static final int MAX_MACHINE_ID = 256;

    private final RouteSocket route;
    private final Host host;

    Surroundings(Host host) {
        this.host = host;
        this.route = host.route();
    }

    /** IPv4 destinations that are reached without a gateway, but for those of one link. */
    List<IpPrefix> onLink(String except) {
        int index = route.links().byName(except).map(Link::index).orElse(0);
        return onLink(mainRoutes(IpFamily.IPV4).stream().filter(candidate -> candidate.outIndex() != index));
    }

    /** Destinations of either family that are reached without a gateway. */
    List<IpPrefix> onLink() {
        return Stream.of(IpFamily.values())
                .flatMap(family -> onLink(mainRoutes(family).stream()).stream())
                .toList();
    }

    private static List<IpPrefix> onLink(Stream<Route> routes) {
        return routes.filter(candidate -> candidate.gateway().isEmpty() && !candidate.isDefault())
                .map(Route::destination)
                .toList();
    }

    /** What tells this host from others, if it has such a thing. */
    Optional<String> machineId() {
        return host.root().readText("/etc/machine-id", MAX_MACHINE_ID).map(String::strip);
    }

    /** The host's nameservers, but for those with a zone, which are no addresses. */
    List<IpAddress> nameservers() {
        return host.root().readText("/etc/resolv.conf", MAX_RESOLV_CONF).map(ResolvConf::parse).stream()
                .flatMap(dns -> dns.nameservers().stream())
                .flatMap(text -> IpAddress.read(text).stream())
                .toList();
    }

    /** MTU of the link that the default route leaves by. */
    int uplinkMtu() {
        return mainRoutes(IpFamily.IPV4).stream()
                .filter(Route::isDefault)
                .min(Comparator.comparingInt(Route::metric))
                .flatMap(uplink -> route.links().byIndex(uplink.outIndex()))
                .map(Link::mtu)
                .orElse(ETHERNET_MTU);
    }

    private List<Route> mainRoutes(IpFamily family) {
        return route.routes().list(family).stream()
                .filter(candidate -> candidate.table() == RT_TABLE_MAIN)
                .toList();
    }
}
