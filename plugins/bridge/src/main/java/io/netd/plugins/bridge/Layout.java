package io.netd.plugins.bridge;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.cni.CniAddress;
import io.netd.cni.CniRoute;
import io.netd.plugins.spi.pair.Addressing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of one attachment: the container's, its routes, and what the bridge needs as gateway.
 *
 * @param addresses the container's, each with its gateway and the index of its interface in the result
 * @param routes as the result shows them
 * @param gateways addresses for the bridge; empty when it is no gateway
 */
record Layout(List<CniAddress> addresses, List<CniRoute> routes, List<IpPrefix> gateways) {
    /** Where the container's interface stands in the result, after the bridge and the veth's host end. */
    static final int CONTAINER_INDEX = 2;

    /** Completes what the address plugin gave, as the reference bridge does. */
    static Layout of(BridgeConfig config, List<CniAddress> leased, List<CniRoute> wanted) {
        List<CniAddress> addresses = new ArrayList<>();
        List<CniRoute> routes = new ArrayList<>(wanted);
        List<IpPrefix> gateways = new ArrayList<>();
        for (CniAddress lease : leased) {
            CniAddress address = config.isGateway() ? withGateway(lease) : lease;
            addresses.add(address.on(CONTAINER_INDEX));
            Optional<IpAddress> gateway = address.gateway();
            if (config.isDefaultGateway() && !hasDefault(routes, address)) {
                routes.add(CniRoute.of(defaultOf(address), gateway));
            }
            if (config.isGateway()) {
                gateway.ifPresent(
                        ip -> gateways.add(new IpPrefix(ip, address.address().length())));
            }
        }
        return new Layout(
                List.copyOf(addresses),
                List.copyOf(routes),
                gateways.stream().distinct().toList());
    }

    /** What the container's interface is given. */
    Addressing addressing() {
        return new Addressing(addresses, routes);
    }

    private static CniAddress withGateway(CniAddress lease) {
        IpAddress gateway = lease.gateway()
                .orElseGet(() -> lease.address().network().address().plus(1));
        return new CniAddress(lease.address(), Optional.of(gateway), lease.interfaceIndex());
    }

    /** An IPAM route without a gateway does not count: the reference adds its own beside it. */
    private static boolean hasDefault(List<CniRoute> routes, CniAddress address) {
        return routes.stream()
                .anyMatch(route -> route.destination().equals(defaultOf(address))
                        && route.gateway().isPresent());
    }

    private static IpPrefix defaultOf(CniAddress address) {
        return IpPrefix.parse(address.address().family() == IpFamily.IPV4 ? "0.0.0.0/0" : "::/0");
    }
}
