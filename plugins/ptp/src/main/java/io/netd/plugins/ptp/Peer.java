package io.netd.plugins.ptp;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.cni.CniAddress;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.netlink.route.Route;
import io.netd.netlink.route.Rtnetlink;
import java.util.List;

/**
 * One address of a container and the host's opposite of it. The container asks for nobody's hardware address but the
 * gateway's: its whole subnet lies behind it.
 *
 * @param address the container's, with the length of its subnet
 * @param gateway the host's, which is the same for all containers of a network
 */
record Peer(IpPrefix address, IpAddress gateway) {
    /**
     * Of an address that was handed out.
     *
     * @throws CniException when it came without a gateway
     */
    static Peer of(CniAddress handedOut) {
        IpAddress gateway = handedOut
                .gateway()
                .orElseThrow(() -> new CniException(
                        ErrorCode.INVALID_CONFIG,
                        "ptp: address " + handedOut.address() + " came without a gateway, which the host's end needs"));
        return new Peer(handedOut.address(), gateway);
    }

    /** What the host's end bears. */
    IpPrefix hostAddress() {
        return IpPrefix.host(gateway);
    }

    /** The host's way to the container. */
    Route hostRoute(int index) {
        Route route = Route.to(IpPrefix.host(address.address()), index);
        return address.family() == IpFamily.IPV4 ? route.withScope(Rtnetlink.RT_SCOPE_HOST) : route;
    }

    /** The container's way to the gateway, and through it to its subnet, in place of the one the kernel would make. */
    List<Route> containerRoutes(int index) {
        Route toGateway = Route.to(IpPrefix.host(gateway), index).withPreferredSource(address.address());
        boolean isAlone = address.equals(IpPrefix.host(address.address()));
        return isAlone
                ? List.of(toGateway)
                : List.of(
                        toGateway,
                        Route.to(address.network(), index).via(gateway).withPreferredSource(address.address()));
    }

    /** Whether a route's gateway is one of the subnet that only the subnet's own gateway leads to. */
    boolean hides(Route route) {
        return route.gateway()
                .filter(hop -> !hop.equals(gateway) && address.contains(hop))
                .isPresent();
    }
}
