package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Neighbour;
import io.netd.netlink.route.RouteSocket;
import java.util.Optional;

/** A neighbour that does not tell its hardware address, so that no packet can be sent to it. */
final class Silence {
    private static final int NUD_INCOMPLETE = 0x01;
    private static final int NUD_FAILED = 0x20;

    private Silence() {}

    /** The neighbour of that address behind a link, if it is silent. */
    static Optional<Stop> of(IpAddress neighbour, int link, RouteSocket route) {
        return route.neighbours().list(link).stream()
                .filter(entry -> entry.address().equals(neighbour) && isSilent(entry))
                .findFirst()
                .map(entry -> new Stop(
                        Cause.NO_NEIGHBOUR,
                        neighbour.toString(),
                        "nobody on "
                                + route.links().byIndex(link).map(Link::name).orElse("link " + link)
                                + " says that " + neighbour + " is his"));
    }

    private static boolean isSilent(Neighbour entry) {
        return (entry.state() & (NUD_INCOMPLETE | NUD_FAILED)) != 0;
    }
}
