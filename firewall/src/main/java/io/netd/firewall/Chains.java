package io.netd.firewall;

import java.util.Set;

/**
 * The names of chains that netd's rules stand in. Chains whose name begins with {@link #PREFIX} are netd's own: the
 * ledger makes and removes them. {@link #isCommon Common} chains are written by other programs as well: the ledger makes
 * them where they are missing, and removes them when nobody's rules stand in them. All others are the kernel's hooks or
 * somebody else's.
 */
public final class Chains {
    /** What every chain of netd's own begins with. */
    public static final String PREFIX = "NETD";

    /**
     * nat: the DNAT rules of published ports. filter: what comes to a bridge from elsewhere, what is let in first
     * ({@link Ranks#PUBLISHED}), then the drop of all others ({@link Ranks#UNPUBLISHED}).
     */
    public static final String NETD = "NETD";

    /** filter: the user's own rules, seen before all of netd's; never flushed. */
    public static final String NETD_USER = "NETD-USER";

    /** filter: everything that is forwarded passes here. */
    public static final String NETD_FORWARD = "NETD-FORWARD";

    /** filter: the user's own rules where Docker is installed too; honoured when present. */
    public static final String DOCKER_USER = "DOCKER-USER";

    /** filter: accepts of single containers, as CNI's firewall plugin writes them. */
    public static final String CNI_FORWARD = "CNI-FORWARD";

    /** filter: what leaves an isolated bridge, as CNI's firewall plugin has it. */
    public static final String CNI_ISOLATION_STAGE_1 = "CNI-ISOLATION-STAGE-1";

    /** filter: what comes from an isolated bridge to another one. */
    public static final String CNI_ISOLATION_STAGE_2 = "CNI-ISOLATION-STAGE-2";

    public static final String PREROUTING = "PREROUTING";
    public static final String INPUT = "INPUT";
    public static final String FORWARD = "FORWARD";
    public static final String OUTPUT = "OUTPUT";
    public static final String POSTROUTING = "POSTROUTING";

    private static final Set<String> BUILT_IN = Set.of(PREROUTING, INPUT, FORWARD, OUTPUT, POSTROUTING);
    private static final Set<String> COMMON = Set.of(CNI_FORWARD, CNI_ISOLATION_STAGE_1, CNI_ISOLATION_STAGE_2);
    private static final int XT_EXTENSION_MAXNAMELEN = 29;

    private Chains() {}

    /** Tells whether the chain is a hook of the kernel. */
    public static boolean isBuiltIn(String chain) {
        return BUILT_IN.contains(chain);
    }

    /** Tells whether the chain is made and removed by netd. */
    public static boolean isOwn(String chain) {
        return chain.startsWith(PREFIX);
    }

    /** Tells whether other programs write into the chain, too. */
    public static boolean isCommon(String chain) {
        return COMMON.contains(chain);
    }

    /** Tells whether a rule that jumps to the chain brings it along; otherwise the rule waits until it is there. */
    public static boolean isMade(String chain) {
        return !chain.equals(DOCKER_USER);
    }

    static void check(String chain) {
        boolean bad = chain.isEmpty()
                || chain.length() >= XT_EXTENSION_MAXNAMELEN
                || chain.startsWith("-")
                || chain.startsWith("!")
                || chain.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '"' || c == '\\');
        if (bad) {
            throw new IllegalArgumentException("invalid chain name: " + chain);
        }
    }
}
