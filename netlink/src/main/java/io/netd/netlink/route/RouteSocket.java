package io.netd.netlink.route;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.Netlink;
import java.util.Optional;

/**
 * An rtnetlink socket of one network namespace and the typed operations on it. It keeps that namespace alive until closed.
 * Thread-safe: requests wait for one another.
 */
public final class RouteSocket implements AutoCloseable {
    private final NetlinkSocket socket;
    private final Links links;
    private final Addresses addresses;
    private final Routes routes;
    private final Neighbours neighbours;
    private final BridgePorts ports;
    private final Qdiscs qdiscs;
    private final Redirects redirects;

    private RouteSocket(NetlinkSocket socket) {
        this.socket = socket;
        this.links = new Links(socket);
        this.addresses = new Addresses(socket);
        this.routes = new Routes(socket);
        this.neighbours = new Neighbours(socket);
        this.ports = new BridgePorts(socket);
        this.qdiscs = new Qdiscs(socket);
        this.redirects = new Redirects(socket);
    }

    /**
     * Opens a socket in the calling thread's namespace.
     *
     * @throws io.netd.linux.sys.LinuxException when the kernel refuses
     */
    public static RouteSocket open() {
        return new RouteSocket(NetlinkSocket.open(Netlink.NETLINK_ROUTE));
    }

    /** Opens a socket in that namespace, entering it for a moment; platform threads only. */
    public static RouteSocket openIn(NetworkNamespace namespace) {
        return namespace.call(RouteSocket::open);
    }

    /** Bridges, veths and all other devices. */
    public Links links() {
        return links;
    }

    /** Addresses of devices. */
    public Addresses addresses() {
        return addresses;
    }

    /** The routing tables. */
    public Routes routes() {
        return routes;
    }

    /** ARP and neighbour discovery entries. */
    public Neighbours neighbours() {
        return neighbours;
    }

    /** What bridges make of their ports. */
    public BridgePorts ports() {
        return ports;
    }

    /** How links send, and whether they filter what they receive. */
    public Qdiscs qdiscs() {
        return qdiscs;
    }

    /** Filters that send on what a link receives. */
    public Redirects redirects() {
        return redirects;
    }

    /** A link with its addresses; empty when there is none of that name. */
    public Optional<LinkState> state(String name) {
        return links.byName(name).map(link -> new LinkState(link, addresses.list(link.index())));
    }

    /**
     * Brings lo and an interface up with its addresses and routes, in one call to the kernel.
     *
     * @throws io.netd.netlink.NetlinkException naming the first step refused; the steps after it were still tried
     */
    public void setUp(InterfaceSetup setup) {
        setup.execute(socket);
    }

    @Override
    public void close() {
        socket.close();
    }
}
