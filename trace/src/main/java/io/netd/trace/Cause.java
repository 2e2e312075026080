package io.netd.trace;

import java.util.Locale;

/** Why a packet stopped. The words are for programs: they stay, whatever is said to people. */
public enum Cause {
    /** A rule, or the policy of a chain, dropped it. */
    RULE,
    /** The sender's kernel did not let it out. */
    NOT_SENT,
    /** It was lost at a hook, by rules that cannot be seen: those of iptables-legacy. */
    HIDDEN_RULE,
    /** It was taken away before any rule saw it. */
    BEFORE_RULES,
    /** A link is set down. */
    LINK_DOWN,
    /** A link is up and has no carrier. */
    NO_CARRIER,
    /** A link, or a bridge, is gone. */
    LINK_GONE,
    /** A container's link is not plugged into its bridge. */
    UNPLUGGED,
    /** Both ports of a bridge are isolated. */
    ISOLATED_PORTS,
    /** The container is gone. */
    CONTAINER_GONE,
    /** The container, or the bridge, has lost its address. */
    ADDRESS_GONE,
    /** The container that publishes the port has no address of the packet's family. */
    NO_SUCH_FAMILY,
    /** Nobody on the link has the address. */
    NO_NEIGHBOUR,
    /** There is no route, or one that refuses. */
    NO_ROUTE,
    /** The route leads past the container. */
    WRONG_ROUTE,
    /** {@code rp_filter}: the way back to the source is another one. */
    RP_FILTER,
    /** {@code route_localnet} is off, and an address of 127.0.0.0/8 may not leave or come by the link. */
    ROUTE_LOCALNET,
    /** Addresses that no packet may have that comes by a link. */
    MARTIAN,
    /** Forwarding is switched off. */
    FORWARDING_OFF,
    /** netd holds the port for a container, and no rule translates what is sent to it. */
    NOT_TRANSLATED,
    /** No process listens there. */
    NO_LISTENER,
    /** Something refuses the connection although a process listens. */
    REFUSED,
    /** A process listens, but nothing comes back. */
    NO_ANSWER,
    /** It is gone, and nothing says why. */
    LOST;

    /** In small letters with hyphens, such as {@code no-carrier}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
