package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.route.InterfaceAddress;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.RouteSocket;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is amiss with the links and addresses between this host and containers, and on its way out. */
final class Faults {
    private final Surroundings around;

    Faults(Surroundings around) {
        this.around = around;
    }

    /** Why the container that has sent the probe does not get it to this host. */
    Optional<Stop> ofSender(IpFamily family) {
        return around.sender()
                .flatMap(guest -> guest.addresses().stream()
                        .filter(given -> given.family() == family)
                        .flatMap(given -> of(guest, given.address()).stream())
                        .findFirst());
    }

    /** Why whoever has sent the probe cannot even begin. */
    Optional<Stop> before(IpAddress destination) {
        return around.sender().isPresent() ? ofSender(destination.family()) : to(destination);
    }

    /** Why nothing for an address of a container, or on a link of this host, gets there. */
    Optional<Stop> to(IpAddress address) {
        return ofGuestAt(address)
                .or(() -> leadingTo(address))
                .or(() -> around.guests().at(address).flatMap(guest -> gateway(guest, address)));
    }

    /** Why nothing that this host, or a neighbour, sends to an address of a container gets there. */
    Optional<Stop> ofGuestAt(IpAddress address) {
        return around.guests().at(address).flatMap(guest -> of(guest, address));
    }

    /** Why nothing is sent by a link of this host. */
    Optional<Stop> ofLink(int index, String role) {
        return around.route()
                .links()
                .byIndex(index)
                .flatMap(link -> down(link, role).or(() -> noCarrier(link, role)));
    }

    private Optional<Stop> of(Guest guest, IpAddress address) {
        String role = "the host's end of " + guest + "'s link";
        return guest.hostInterface()
                .flatMap(name -> gone(name, role).or(() -> named(name).flatMap(link -> down(link, role))))
                .or(() -> inside(guest, address))
                .or(() -> guest.hostInterface().flatMap(this::named).flatMap(link -> noCarrier(link, role)))
                .or(() -> guest.bridge().flatMap(bridge -> bridge(guest, bridge)));
    }

    private Optional<Stop> bridge(Guest guest, String name) {
        String role = "the bridge of " + guest;
        return gone(name, role)
                .or(() -> named(name).flatMap(link -> down(link, role)))
                .or(() -> guest.hostInterface().flatMap(port -> unplugged(guest, port, name)));
    }

    private Optional<Stop> unplugged(Guest guest, String port, String bridge) {
        int master = named(bridge).map(Link::index).orElse(0);
        return named(port)
                .filter(link -> link.masterIndex() != master)
                .map(link -> new Stop(
                        Cause.UNPLUGGED,
                        port,
                        port + ", the host's end of " + guest + "'s link, is not plugged into " + bridge));
    }

    private Optional<Stop> inside(Guest guest, IpAddress address) {
        try (NetworkNamespace place = guest.open();
                RouteSocket route = RouteSocket.openIn(place)) {
            return guest.hostInterface()
                    .flatMap(this::named)
                    .map(Link::peerIndex)
                    .filter(index -> index != 0)
                    .flatMap(index -> route.links().byIndex(index))
                    .flatMap(link -> down(link, "the link of " + guest))
                    .or(() -> lost(guest, address, route.addresses().list()));
        } catch (GoneException e) {
            return Optional.of(e.stop());
        }
    }

    private static Optional<Stop> lost(Guest guest, IpAddress address, List<InterfaceAddress> has) {
        boolean isThere = has.stream().anyMatch(one -> one.prefix().address().equals(address));
        return isThere
                ? Optional.empty()
                : Optional.of(
                        new Stop(Cause.ADDRESS_GONE, address.toString(), guest + " has lost its address " + address));
    }

    /** IPv4 addresses stay when a link goes down, and the routes by it go. */
    private Optional<Stop> leadingTo(IpAddress address) {
        return onLinksTo(address)
                .map(InterfaceAddress::index)
                .flatMap(index -> ofLink(index, "which leads to " + address).stream())
                .findFirst();
    }

    private Optional<Stop> gateway(Guest guest, IpAddress address) {
        return guest.bridge()
                .filter(bridge -> onLinksTo(address).findFirst().isEmpty())
                .flatMap(bridge -> guest.addresses().stream()
                        .filter(given -> given.address().equals(address))
                        .map(IpPrefix::network)
                        .findFirst()
                        .map(network -> new Stop(
                                Cause.ADDRESS_GONE,
                                bridge,
                                bridge + ", the bridge of " + guest + ", has no address in " + network)));
    }

    private Stream<InterfaceAddress> onLinksTo(IpAddress address) {
        return around.route().addresses().list().stream()
                .filter(one -> one.prefix().contains(address));
    }

    private Optional<Stop> gone(String name, String role) {
        return named(name).isPresent()
                ? Optional.empty()
                : Optional.of(new Stop(Cause.LINK_GONE, name, name + ", " + role + ", is gone"));
    }

    private static Optional<Stop> down(Link link, String role) {
        return Optional.of(link)
                .filter(found -> !found.up())
                .map(found -> new Stop(Cause.LINK_DOWN, found.name(), found.name() + ", " + role + ", is down"));
    }

    private static Optional<Stop> noCarrier(Link link, String role) {
        return Optional.of(link)
                .filter(found -> !found.running())
                .map(found ->
                        new Stop(Cause.NO_CARRIER, found.name(), found.name() + ", " + role + ", has no carrier"));
    }

    private Optional<Link> named(String name) {
        return around.route().links().byName(name);
    }
}
