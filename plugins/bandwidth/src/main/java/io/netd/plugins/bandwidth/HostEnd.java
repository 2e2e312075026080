package io.netd.plugins.bandwidth;

import io.netd.address.MacAddress;
import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.cni.InterfaceName;
import io.netd.netlink.route.Link;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Sandbox;
import java.util.Optional;

/** The host's end of a container's veth pair, where its traffic is shaped. */
record HostEnd(int index, String name, MacAddress mac, int mtu) {
    private static final String VETH = "veth";

    /**
     * The peer of the container's interface.
     *
     * @param result names it among its interfaces
     * @throws CniException when the interface is no veth, or its peer is not on this host or not in the result
     */
    static HostEnd find(CniResult result, Sandbox sandbox, InterfaceName ifName, Host host) {
        int index = sandbox.route()
                .links()
                .byName(ifName.value())
                .filter(link -> link.kind().equals(VETH))
                .map(Link::peerIndex)
                .orElseThrow(() -> failure("container interface " + ifName
                        + " has no veth peer: no veth of that name is in " + sandbox.path()));
        Link link = host.route()
                .links()
                .byIndex(index)
                .filter(found -> found.kind().equals(VETH))
                .orElseThrow(() -> failure("veth peer with index " + index + " is not in host ns"));
        if (!isIn(result, link)) {
            throw failure(
                    "no veth peer of container interface found in host ns: prevResult does not name " + link.name());
        }
        return new HostEnd(index, link.name(), macOf(link), link.mtu());
    }

    /** The same link again; empty when it is gone, or somebody else has its name. */
    static Optional<Link> again(String name, MacAddress mac, Host host) {
        return host.route().links().byName(name).filter(link -> link.mac().equals(Optional.of(mac)));
    }

    private static boolean isIn(CniResult result, Link link) {
        return result.interfaces().stream()
                .anyMatch(known -> known.sandbox().isEmpty() && known.name().equals(link.name()));
    }

    private static MacAddress macOf(Link link) {
        return link.mac().orElseThrow(() -> failure(link.name() + " has no hardware address"));
    }

    private static CniException failure(String what) {
        return new CniException(ErrorCode.INTERNAL, "bandwidth: " + what);
    }
}
