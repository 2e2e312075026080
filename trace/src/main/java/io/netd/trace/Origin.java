package io.netd.trace;

import io.netd.address.IpAddress;

/** Where the packet is to come from. */
public sealed interface Origin {
    /** A program of this host. */
    record ThisHost() implements Origin {}

    /** A program in a container. */
    record FromGuest(Guest guest) implements Origin {}

    /** Another host, on the wire that answers to it would go out by. */
    record Elsewhere(IpAddress source) implements Origin {}
}
