package io.netd.firewall.nft;

import io.netd.firewall.Chains;
import io.netd.firewall.Table;
import io.netd.netlink.nft.Hook;
import java.util.List;
import java.util.Optional;

/** Where iptables-nft hooks in its built-in chains. */
public final class BaseChains {
    /** In the order of NF_INET_*. */
    private static final List<String> HOOKS =
            List.of(Chains.PREROUTING, Chains.INPUT, Chains.FORWARD, Chains.OUTPUT, Chains.POSTROUTING);

    private static final int RAW = -300;
    private static final int MANGLE = -150;
    private static final int DESTINATION_NAT = -100;
    private static final int SOURCE_NAT = 100;

    private BaseChains() {}

    /** Returns the hook of a built-in chain; none for any other. */
    public static Optional<Hook> hook(Table table, String chain) {
        int number = HOOKS.indexOf(chain);
        return number < 0
                ? Optional.empty()
                : Optional.of(new Hook(type(table, chain), number, priority(table, chain)));
    }

    private static String type(Table table, String chain) {
        if (table == Table.NAT) {
            return "nat";
        }
        return table == Table.MANGLE && chain.equals(Chains.OUTPUT) ? "route" : "filter";
    }

    private static int priority(Table table, String chain) {
        boolean destination = chain.equals(Chains.PREROUTING) || chain.equals(Chains.OUTPUT);
        return switch (table) {
            case RAW -> RAW;
            case MANGLE -> MANGLE;
            case NAT -> destination ? DESTINATION_NAT : SOURCE_NAT;
            case FILTER -> 0;
        };
    }
}
