package io.netd.plugins.ptp;

import io.netd.address.IpPrefix;
import io.netd.cni.CniAddress;
import io.netd.cni.CniRoute;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Rule;
import io.netd.netlink.route.InterfaceSetup;
import io.netd.netlink.route.Route;
import io.netd.netlink.route.Rtnetlink;
import io.netd.plugins.spi.pair.Addressing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the addresses of one attachment mean for both ends of its pair and for the host's rules.
 *
 * @param addressing the container's, as the result shows it
 * @param all each address with its opposite
 */
record Peers(Addressing addressing, List<Peer> all) {
    /** Where the container's interface stands in the result, after the host's end. */
    private static final int CONTAINER_INDEX = 1;

    /** The connected routes would lead past the gateway. */
    private static final int FLAGS = Rtnetlink.IFA_F_NODAD | Rtnetlink.IFA_F_NOPREFIXROUTE;

    /** Keeps a copy. */
    Peers {
        all = List.copyOf(all);
    }

    /**
     * Of what was handed out.
     *
     * @throws io.netd.cni.CniException when an address came without a gateway
     */
    static Peers of(List<CniAddress> addresses, List<CniRoute> routes) {
        List<CniAddress> own =
                addresses.stream().map(address -> address.on(CONTAINER_INDEX)).toList();
        return new Peers(new Addressing(own, routes), own.stream().map(Peer::of).toList());
    }

    /** The container's end by its index. */
    InterfaceSetup inside(int index) {
        return new InterfaceSetup(index, addressing.prefixes(), containerRoutes(index), FLAGS);
    }

    /** The container's routes: to the gateways and their subnets first, for the others need them. */
    List<Route> containerRoutes(int index) {
        Map<IpPrefix, Route> ways = new LinkedHashMap<>();
        all.stream()
                .flatMap(peer -> peer.containerRoutes(index).stream())
                .forEach(route -> ways.putIfAbsent(route.destination(), route));
        List<Route> routes = new ArrayList<>(ways.values());
        addressing.routesOver(index).stream().map(this::reachable).forEach(routes::add);
        return routes;
    }

    /** The rules that the attachment needs on the host. */
    List<Rule> rules(PtpConfig config) {
        return config.ipMasq()
                ? all.stream()
                        .map(peer -> NetworkRules.masqueradeOf(peer.address()).in(config.masquerading()))
                        .distinct()
                        .toList()
                : List.of();
    }

    /** As the reference plugin, whose routes come while the subnet is still on the link, accepts any gateway of it. */
    private Route reachable(Route route) {
        return all.stream().anyMatch(peer -> peer.hides(route)) ? route.onLink() : route;
    }
}
