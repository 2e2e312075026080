package io.netd.firewall;

import io.netd.address.IpFamily;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names of chains that netd's rules stand in. Chains whose name begins with {@link #PREFIX} are netd's own: the
 * ledger makes and removes them. {@link #isCommon Common} chains are written by others as well: the ledger makes
 * them where they are missing, and removes them when nobody's rules stand in them. {@link #isHook Hooks} of others take
 * netd's rules as long as they are there. All others are the kernel's hooks or somebody else's.
 */
public final class Chains {
    /** What every chain of netd's own begins with. */
    public static final String PREFIX = "NETD";

    /**
     * nat: the DNAT rules of published ports. filter: what comes to a bridge from elsewhere, what is let in first
     * ({@link Ranks#PUBLISHED}), then the drop of all others ({@link Ranks#UNPUBLISHED}). raw: what is sent to containers' own
     * addresses in networks that trust some interfaces, in the same order.
     */
    public static final String NETD = "NETD";

    /** filter: the user's own rules, seen before all of netd's; never flushed. See {@link UserChain}. */
    public static final String NETD_USER = "NETD-USER";

    /** filter: everything that is forwarded passes here. */
    public static final String NETD_FORWARD = "NETD-FORWARD";

    /**
     * filter: the user's own rules where Docker is installed too; honoured when present. One of the {@link #hooks hooks}
     * that others keep.
     */
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
    private static final Set<String> COMMON =
            Set.of(NETD_USER, CNI_FORWARD, CNI_ISOLATION_STAGE_1, CNI_ISOLATION_STAGE_2);
    private static final Map<IpFamily, List<String>> HOOKS = Map.of(
            IpFamily.IPV4, List.of(DOCKER_USER, "ufw-user-forward"),
            IpFamily.IPV6, List.of(DOCKER_USER, "ufw6-user-forward"));
    private static final Set<String> ALL_HOOKS =
            HOOKS.values().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
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

    /** Tells whether others write into the chain, too: programs, or the user. */
    public static boolean isCommon(String chain) {
        return COMMON.contains(chain);
    }

    /**
     * The chains of table filter in which other firewalls let their user accept what they would drop when it is forwarded:
     * Docker's, documented at docs.docker.com/engine/network/packet-filtering-firewalls, and the one that {@code ufw
     * route} writes into.
     */
    public static List<String> hooks(IpFamily family) {
        return HOOKS.getOrDefault(family, List.of());
    }

    /** Tells whether the chain is one of the {@link #hooks}. */
    public static boolean isHook(String chain) {
        return ALL_HOOKS.contains(chain);
    }

    /** Tells whether a rule in the chain or a jump to it brings it along; otherwise the rule waits until it is there. */
    public static boolean isMade(String chain) {
        return !isHook(chain);
    }

    /** Tells whether a rule of netd's may stand in the chain. */
    static boolean takesRules(String chain) {
        return isBuiltIn(chain) || isOwn(chain) || isCommon(chain) || isHook(chain);
    }

    static void check(String chain) {
        boolean bad = chain.isEmpty()
                || chain.length() >= XT_EXTENSION_MAXNAMELEN
                || chain.startsWith("-")
                || chain.startsWith("!")
                || !isPrintable(chain);
        if (bad) {
            throw new IllegalArgumentException("invalid chain name: " + chain);
        }
    }

    private static boolean isPrintable(String chain) {
        for (int i = 0; i < chain.length(); i++) {
            char c = chain.charAt(i);
            if (c <= ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
