package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.route.InterfaceAddress;
import io.netd.netlink.route.RouteSocket;
import java.util.Optional;

/** Why a container's kernel does not hand a packet to the process that listens, or cannot answer it. */
final class Reception {
    private final NetworkNamespace place;
    private final RouteSocket route;
    private final Guest guest;

    Reception(NetworkNamespace place, RouteSocket route, Guest guest) {
        this.place = place;
        this.route = route;
        this.guest = guest;
    }

    /** Of a packet that came to one of its addresses. */
    Optional<Stop> of(SeenPacket packet) {
        return route.addresses().list().stream()
                .filter(one -> one.prefix().address().equals(packet.destination()))
                .map(InterfaceAddress::index)
                .findFirst()
                .flatMap(link -> new Refusals(place, route).of(packet.source(), packet.destination(), link))
                .map(stop -> stop.within("in " + guest))
                .or(() -> noWayBack(packet.source()));
    }

    private Optional<Stop> noWayBack(IpAddress source) {
        try {
            route.routes().lookup(source);
            return Optional.empty();
        } catch (NetlinkException e) {
            String consequence = "no answer: " + guest + " has no route to " + source;
            return Optional.of(Refusals.noWay(source, e).within(consequence));
        }
    }
}
