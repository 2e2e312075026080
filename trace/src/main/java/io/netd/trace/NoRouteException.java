package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.netlink.NetlinkException;

/** Whoever is to send has no route. */
final class NoRouteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient IpAddress destination;
    private final transient Stop refusal;
    private final String consequence;

    /** Somebody's, to an address. */
    NoRouteException(String who, IpAddress destination, NetlinkException e) {
        super(who + " has no route to " + destination + ": " + e.errno().text(), e);
        this.destination = destination;
        this.refusal = Refusals.noWay(destination, e);
        this.consequence = who + " has no route to " + destination;
    }

    /** How the trace ends before it began. */
    Stop stop(Faults faults) {
        return faults.before(destination).orElse(refusal).within(consequence);
    }
}
