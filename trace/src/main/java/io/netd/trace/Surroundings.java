package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.PortFlags;
import io.netd.netlink.route.RouteSocket;
import java.util.Optional;

/**
 * The host that a probe goes through.
 *
 * @param route of that host
 * @param sender the container that has sent the probe, if one has
 */
record Surroundings(NetworkNamespace host, RouteSocket route, Guests guests, Optional<Guest> sender) {
    /** The sender as a thing that stops a packet. */
    String senderName() {
        return sender.map(Guest::name).orElse("this host");
    }

    /** A link's name, or its number where it is gone. */
    String link(int index) {
        try {
            return route.links().byIndex(index).map(Link::name).orElse("link " + index);
        } catch (NetlinkException e) {
            return "link " + index;
        }
    }

    /** Whether what leaves by a link comes to a container: by its own link, its bridge, or a VLAN of that. */
    boolean isBehind(Guest guest, int outIndex) {
        Optional<Link> link = hostLink(guest);
        return link.isEmpty()
                || link.get().index() == outIndex
                || link.get().masterIndex() == outIndex
                || route.links()
                        .byIndex(outIndex)
                        .filter(out -> out.kind().equals("vlan")
                                && out.peerIndex() == link.get().masterIndex())
                        .isPresent();
    }

    /** Why this host does not say that the address is its own which somebody's route leads to. */
    Optional<Stop> silence(IpAddress gateway, IpAddress source, String who) {
        return isOwn(gateway)
                ? sender.flatMap(this::hostLink)
                        .map(link -> link.masterIndex() == 0 ? link.index() : link.masterIndex())
                        .flatMap(link -> new Refusals(host, route).of(source, gateway, link))
                : Optional.of(new Stop(
                        Cause.ADDRESS_GONE,
                        gateway.toString(),
                        gateway + ", the gateway of " + who + ", is no address of this host"));
    }

    private boolean isOwn(IpAddress address) {
        try {
            return route.routes().lookup(address).isLocal();
        } catch (NetlinkException e) {
            return false;
        }
    }

    /** Why a bridge hands nothing on from the sender to a container's address, if it is for its ports' isolation. */
    Optional<Stop> isolation(IpAddress destination) {
        Optional<Link> from = sender.flatMap(this::hostLink).filter(this::isIsolated);
        Optional<Link> to = guests.at(destination).flatMap(this::hostLink).filter(this::isIsolated);
        boolean areOfOneBridge = from.isPresent()
                && to.isPresent()
                && from.get().masterIndex() == to.get().masterIndex();
        return areOfOneBridge ? Optional.of(isolation(from.get(), to.get())) : Optional.empty();
    }

    private Stop isolation(Link from, Link to) {
        String bridge = link(from.masterIndex());
        return new Stop(
                Cause.ISOLATED_PORTS,
                bridge,
                bridge + " hands nothing "
                        + (from.index() == to.index()
                                ? "back by " + to.name() + ": it is an isolated port of it"
                                : "on between " + from.name() + " and " + to.name()
                                        + ": both are isolated ports of it"));
    }

    private Optional<Link> hostLink(Guest guest) {
        return guest.hostInterface().flatMap(name -> route.links().byName(name));
    }

    private boolean isIsolated(Link port) {
        return route.ports().flags(port.index()).filter(PortFlags::isolated).isPresent();
    }
}
