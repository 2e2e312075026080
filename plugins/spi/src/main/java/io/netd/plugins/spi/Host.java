package io.netd.plugins.spi;

import io.netd.cni.NetworkName;
import io.netd.firewall.Ledger;
import io.netd.ipam.HostLocalStore;
import io.netd.linux.fs.RootDirectory;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.conntrack.Conntrack;
import io.netd.netlink.route.LinkState;
import io.netd.netlink.route.RouteSocket;
import io.netd.portmap.PortReservations;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The machine as the caller sees it: the network and mount namespace of whoever made the request.
 * Sockets are opened when first asked for. Valid for one request, on its thread.
 */
public interface Host {
    /** Names the namespace; equal for all requests that come from it. */
    HostKey key();

    /** Whether it is the namespace the daemon itself lives in, the only one where it may hold things open. */
    boolean isDaemons();

    /** The network namespace; enter it to read or write its sysctls. */
    NetworkNamespace namespace();

    /** Links, addresses, routes and neighbours of this host. */
    RouteSocket route();

    /** A link of this host with its addresses, as it is at this moment; cheaper than asking for it on a socket. */
    Optional<LinkState> link(String name);

    /** The desired rules of this host. */
    Ledger firewall();

    /** Published ports of this host. */
    PortReservations ports();

    /** Tracked connections of this host. */
    Conntrack conntrack();

    /** The program that made the request. */
    CallingProgram caller();

    /** The caller's root directory. */
    RootDirectory root();

    /**
     * Where a path of the caller's mount namespace leads, as a path usable until the request ends. It
     * need not exist, and nothing is made.
     *
     * @param absolute the path as the caller would write it
     */
    Path path(Path absolute);

    /**
     * The leases of a network.
     *
     * @param dataDir the folder of all networks' leases as the caller would write it
     */
    HostLocalStore leases(Path dataDir, NetworkName network);

    /** Containers whose namespace may be joined. */
    Containers containers();

    /** Settings that outlive the attachment that needed them. */
    HostSettings settings();

    /** Deletes links in company, because a lone delete costs some 19 ms. */
    LinkRemoval links();

    /** Who is at work with the bridges of this host. */
    BridgeUsers bridgeUsers();

    /**
     * Runs what waits for somebody else's program, which may take long: other requests do not wait for it. On the calling
     * thread, which must hold no lock.
     */
    default <T> T waiting(Supplier<T> body) {
        return body.get();
    }

    /**
     * Runs the body while no other request of this host runs one under the same name. For things that
     * attachments share, such as a bridge; never taken twice by one thread.
     */
    <T> T alone(String name, Supplier<T> body);
}
