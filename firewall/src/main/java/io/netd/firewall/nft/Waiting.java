package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;
import io.netd.firewall.Rule;

/** Which rules wait for something that netd does not make, seen in a view that knows the tables and chains. */
record Waiting(HostView view) {

    /** A jump leads to no other table, and the hooks of others are for those who do not come before them. */
    boolean isOver(Rule rule) {
        ChainRef chain = ChainRef.of(rule);
        return (view.dialect().needsHooks() || !Chains.isHook(chain.chain()))
                && isThere(chain)
                && Transaction.jumpTarget(rule)
                        .map(target -> isThere(target) && table(target).equals(table(chain)))
                        .orElse(true);
    }

    private boolean isThere(ChainRef chain) {
        return Chains.isMade(chain.chain()) || view.tables().hasChain(chain);
    }

    private String table(ChainRef chain) {
        return view.name(chain).table();
    }
}
