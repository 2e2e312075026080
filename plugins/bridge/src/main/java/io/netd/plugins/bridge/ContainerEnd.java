package io.netd.plugins.bridge;

import io.netd.address.IpFamily;
import io.netd.cni.CniAddress;
import io.netd.cni.CniRoute;
import io.netd.netlink.route.InterfaceSetup;
import io.netd.netlink.route.Route;
import io.netd.plugins.spi.Sandbox;
import java.util.List;

/**
 * The container's end of the pair: settings, then everything else in one call to the kernel.
 *
 * @param index of the interface in the container
 */
record ContainerEnd(Sandbox sandbox, String name, int index, Layout layout) {
    void furnish() {
        if (layout.has(IpFamily.IPV6)) {
            sandbox.namespace().run(this::settings);
        }
        sandbox.route()
                .setUp(new InterfaceSetup(
                        index,
                        layout.addresses().stream().map(CniAddress::address).toList(),
                        routes()));
    }

    private void settings() {
        Ipv6Settings.write(name, "accept_dad", "0");
        Ipv6Settings.write(name, "disable_ipv6", "0");
        Ipv6Settings.write(name, "keep_addr_on_down", "1");
    }

    private List<Route> routes() {
        return layout.routes().stream().map(this::route).distinct().toList();
    }

    private Route route(CniRoute wanted) {
        Route route = Route.to(wanted.destination(), index);
        if (layout.gatewayOf(wanted).isPresent()) {
            route = route.via(layout.gatewayOf(wanted).get());
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
}
