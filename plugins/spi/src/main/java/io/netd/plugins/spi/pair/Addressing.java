package io.netd.plugins.spi.pair;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.cni.CniAddress;
import io.netd.cni.CniRoute;
import io.netd.netlink.route.Route;
import java.util.List;
import java.util.Optional;

/** Addresses and routes of a container's interface, as a result shows them. */
public record Addressing(List<CniAddress> addresses, List<CniRoute> routes) {
    /** Keeps copies. */
    public Addressing {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    /** The addresses alone. */
    public List<IpPrefix> prefixes() {
        return addresses.stream().map(CniAddress::address).toList();
    }

    /** The way of a route: its own gateway, else the gateway of the first address of its family. */
    public Optional<IpAddress> gatewayOf(CniRoute route) {
        return route.gateway().or(() -> first(route.destination().family()).flatMap(CniAddress::gateway));
    }

    /** Whether an address of this family is handed out. */
    public boolean has(IpFamily family) {
        return first(family).isPresent();
    }

    /** The routes as the kernel takes them for the interface of that index. */
    public List<Route> routesOver(int index) {
        return routes.stream().map(wanted -> route(wanted, index)).distinct().toList();
    }

    private Route route(CniRoute wanted, int index) {
        Route route = Route.to(wanted.destination(), index);
        if (gatewayOf(wanted).isPresent()) {
            route = route.via(gatewayOf(wanted).get());
        }
        if (wanted.scope().isPresent()) {
            route = route.withScope(wanted.scope().getAsInt());
        }
        if (wanted.table().isPresent()) {
            route = route.withTable(wanted.table().getAsInt());
        }
        return route.withMetric(wanted.priority().orElse(0))
                .withSizes(wanted.mtu().orElse(0), wanted.advmss().orElse(0));
    }

    private Optional<CniAddress> first(IpFamily family) {
        return addresses.stream()
                .filter(address -> address.address().family() == family)
                .findFirst();
    }
}
