package io.netd.plugins.bridge;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.cni.CniAddress;
import io.netd.cni.CniException;
import io.netd.cni.CniRoute;
import io.netd.cni.ErrorCode;
import io.netd.netlink.route.InterfaceSetup;
import io.netd.netlink.route.Route;
import io.netd.plugins.spi.Sandbox;
import java.util.List;

/** The container's end of the pair: settings, then everything else in one call to the kernel, unless it is to stay as it was born. */
record ContainerEnd(Sandbox sandbox, String name, Layout layout, InsideOptions options) {
    void furnish() {
        if (options.isDisabled()) {
            return;
        }
        if (layout.has(IpFamily.IPV6)) {
            sandbox.namespace().run(this::settings);
        }
        int index = sandbox.route().links().indexOf(name).orElseThrow(this::gone);
        if (options.detectsDuplicates()) {
            try (DuplicateWatch watch = DuplicateWatch.open(sandbox)) {
                setUp(index);
                watch.await(index, name);
            }
        } else {
            setUp(index);
        }
    }

    private void setUp(int index) {
        List<IpPrefix> addresses =
                layout.addresses().stream().map(CniAddress::address).toList();
        sandbox.route().setUp(new InterfaceSetup(index, addresses, routes(index), options.detectsDuplicates()));
    }

    private void settings() {
        if (options.detectsDuplicates()) {
            Ipv6Settings.write(name, "enhanced_dad", "1");
            Ipv6Settings.write(name, "accept_dad", "1");
        } else {
            Ipv6Settings.write(name, "accept_dad", "0");
        }
        Ipv6Settings.write("lo", "disable_ipv6", "0");
        Ipv6Settings.write(name, "disable_ipv6", "0");
        Ipv6Settings.write(name, "keep_addr_on_down", "1");
    }

    private CniException gone() {
        return new CniException(
                ErrorCode.TRY_LATER, name + " in " + sandbox.path() + " went away while it was being set up");
    }

    private List<Route> routes(int index) {
        return layout.routes().stream()
                .map(wanted -> route(wanted, index))
                .distinct()
                .toList();
    }

    private Route route(CniRoute wanted, int index) {
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
