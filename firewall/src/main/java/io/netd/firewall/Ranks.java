package io.netd.firewall;

/** The ranks that order netd's rules inside a chain; lower comes first. See {@link Rule#rank()}. */
public final class Ranks {
    /** Built-in chains: the jump to the user's chain, before everything else. */
    public static final int USER = -30;

    /** Built-in chains: the jump to netd's chain, and drops that nobody may bypass. */
    public static final int FIRST = -20;

    /** Where order does not matter; appended in built-in chains. */
    public static final int ANY = 0;

    /** What is let in in {@link Chains#NETD}: published ports, and ICMP where nothing is translated. */
    public static final int PUBLISHED = 10;

    /** Whatever else comes to a bridge in {@link Chains#NETD}. */
    public static final int UNPUBLISHED = 100;

    /** {@link Chains#NETD_FORWARD}: what belongs to connections that are known already. */
    public static final int REPLIES = 0;

    /** {@link Chains#NETD_FORWARD}: drops around networks that are internal. */
    public static final int INTERNAL = 5;

    /** {@link Chains#NETD_FORWARD}: what is let in for its mark. */
    public static final int MARKED = 8;

    /** {@link Chains#NETD_FORWARD}: what comes to a bridge. */
    public static final int INBOUND = 10;

    /** {@link Chains#NETD_FORWARD}: what neighbours may send one another even where they may not. */
    public static final int PUBLISHED_TO_NEIGHBOURS = 80;

    /** {@link Chains#NETD_FORWARD}: drops between neighbours. */
    public static final int NEIGHBOURS = 90;

    /** {@link Chains#NETD_FORWARD}: what comes from a bridge. */
    public static final int OUTBOUND = 100;

    private Ranks() {}
}
