package io.netd.firewall;

/** The ranks that order netd's rules inside a chain; lower comes first. See {@link Rule#rank()}. */
public final class Ranks {
    /** Built-in chains: the jump to the user's chain, before everything else. */
    public static final int USER = -30;

    /** Built-in chains: the jump to netd's chain, and drops that nobody may bypass. */
    public static final int FIRST = -20;

    /** Where order does not matter; appended in built-in chains. */
    public static final int ANY = 0;

    /** A published port in {@link Chains#NETD}. */
    public static final int PUBLISHED = 10;

    /** Whatever else comes to a bridge in {@link Chains#NETD}. */
    public static final int UNPUBLISHED = 100;

    private Ranks() {}
}
