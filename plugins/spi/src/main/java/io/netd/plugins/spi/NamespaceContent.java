package io.netd.plugins.spi;

import io.netd.cni.CniAddress;
import io.netd.cni.CniDns;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.netlink.route.InterfaceAddress;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.RouteSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Describes a namespace that a plugin did not furnish itself: its interfaces and their addresses as a result. */
public final class NamespaceContent {
    private NamespaceContent() {}

    /** Every interface except ports of bridges, which are the bridge's business. */
    public static CniResult all(RouteSocket route, Optional<String> sandbox) {
        return matching(route, sandbox, link -> link.masterIndex() == 0);
    }

    /** One interface; an empty result when it is missing. */
    public static CniResult only(String name, RouteSocket route, Optional<String> sandbox) {
        return matching(route, sandbox, link -> link.name().equals(name));
    }

    private static CniResult matching(RouteSocket route, Optional<String> sandbox, Predicate<Link> wanted) {
        List<CniInterface> interfaces = new ArrayList<>();
        List<CniAddress> addresses = new ArrayList<>();
        List<InterfaceAddress> held = route.addresses().list();
        for (Link link : route.links().list()) {
            if (wanted.test(link)) {
                addresses.addAll(addressesOf(link, held, interfaces.size()));
                interfaces.add(describe(link, sandbox));
            }
        }
        return new CniResult(interfaces, addresses, List.of(), CniDns.EMPTY);
    }

    private static CniInterface describe(Link link, Optional<String> sandbox) {
        return new CniInterface(
                link.name(), link.mac(), OptionalInt.of(link.mtu()), sandbox, Optional.empty(), Optional.empty());
    }

    private static List<CniAddress> addressesOf(Link link, List<InterfaceAddress> held, int index) {
        return held.stream()
                .filter(address -> address.index() == link.index())
                .map(address -> new CniAddress(address.prefix(), Optional.empty(), OptionalInt.of(index)))
                .toList();
    }
}
