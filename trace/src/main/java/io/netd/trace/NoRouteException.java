package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.netlink.NetlinkException;

/** Whoever is to send has no route; the message is for the user. */
public final class NoRouteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Somebody's, to an address, in the kernel's words. */
    public NoRouteException(String who, IpAddress destination, NetlinkException refusal) {
        super(who + " has no route to " + destination + ": " + refusal.errno().text(), refusal);
    }
}
