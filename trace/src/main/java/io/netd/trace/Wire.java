package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.address.MacAddress;
import io.netd.linux.net.RawPackets;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sysctl.Sysctl;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.RouteSocket;
import io.netd.netlink.route.VethSpec;
import java.util.Optional;

/**
 * The wire at a link of this host: what is sent here the link receives. A veth pair does it, whose one end is in a
 * namespace that lives as long as this process, and whose other end hands all that it receives over to the link; so
 * nothing of it outlives the process.
 */
final class Wire implements Sending {
    private static final int MTU = 1500;
    private static final String OUTER = "wire0";

    private final NetworkNamespace outside;
    private final IpAddress source;
    private final String link;
    private final int index;
    private final int outerIndex;
    private final MacAddress receiver;

    private Wire(NetworkNamespace outside, IpAddress source, Ends ends, int outerIndex, MacAddress receiver) {
        this.outside = outside;
        this.source = source;
        this.link = ends.link();
        this.index = ends.index();
        this.outerIndex = outerIndex;
        this.receiver = receiver;
    }

    /**
     * The wire that leads to an address.
     *
     * @throws NoRouteException when this host has no route to it
     */
    static Wire to(IpAddress source, NetworkNamespace host) {
        NetworkNamespace outside = NetworkNamespace.create();
        try (RouteSocket inner = RouteSocket.openIn(host);
                RouteSocket outer = RouteSocket.openIn(outside)) {
            int index = linkTo(source, inner);
            String link = inner.links().byIndex(index).map(Link::name).orElse("link " + index);
            return connect(outside, host, source, new Ends(inner, outer, index, link));
        } catch (RuntimeException e) {
            outside.close();
            throw e;
        }
    }

    private static int linkTo(IpAddress source, RouteSocket route) {
        try {
            return route.routes().lookup(source).outIndex();
        } catch (NetlinkException e) {
            throw new NoRouteException("this host", source, e);
        }
    }

    private record Ends(RouteSocket inner, RouteSocket outer, int index, String link) {}

    private static Wire connect(NetworkNamespace outside, NetworkNamespace host, IpAddress source, Ends ends) {
        String inName = "trace" + Integer.toHexString(ends.outer().hashCode() & 0xffffff);
        MacAddress receiver = MacAddress.randomLocal();
        // Or the kernel would announce the outer end's address, to the link.
        outside.run(() -> Sysctl.write("net/ipv6/conf/default/disable_ipv6", "1"));
        ends.outer()
                .links()
                .addVeth(VethSpec.of(OUTER, inName, host.fd()).withMtu(MTU).withPeerMac(receiver));
        int outerIndex = ends.outer().links().indexOf(OUTER).orElseThrow();
        // A link that is up before its carrier gets its queue later, by a work of the kernel, and drops all until then.
        ends.outer().links().setDown(outerIndex);
        int inIndex = ends.inner().links().indexOf(inName).orElseThrow();
        ends.inner().qdiscs().addIngress(inIndex);
        ends.inner().redirects().addIngress(inIndex, ends.index());
        ends.inner().links().setUp(inIndex);
        ends.outer().links().setUp(outerIndex);
        return new Wire(outside, source, ends, outerIndex, receiver);
    }

    @Override
    public IpAddress source() {
        return source;
    }

    @Override
    public String text() {
        return "by another host, to " + link;
    }

    @Override
    public Stop unseen(IpAddress destination, Surroundings around) {
        return new Faults(around)
                .ofLink(index, "which leads to " + source)
                .orElseGet(() -> new Stop(
                        Cause.BEFORE_RULES,
                        link,
                        "no rule saw it: look at what stands before them at " + link
                                + " (tc, XDP, nftables' netdev tables)"));
    }

    @Override
    public Optional<NetworkNamespace> own() {
        return Optional.empty();
    }

    @Override
    public void send(IpAddress destination, byte[] packet) {
        outside.run(() -> RawPackets.sendOn(outerIndex, receiver, destination.family(), packet));
    }

    @Override
    public void close() {
        // The kernel takes a namespace down some time after its last user is gone; the pair is to be gone now.
        try (outside;
                RouteSocket outer = RouteSocket.openIn(outside)) {
            outer.links().delete(outerIndex);
        }
    }
}
