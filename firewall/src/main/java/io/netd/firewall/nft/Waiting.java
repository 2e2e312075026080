package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;

/** Which rules wait for something that netd does not make, seen in a view that knows the tables and chains. */
record Waiting(HostView view) {

    /** A jump leads to no other table, and the hooks of others are for those who do not come before them. */
    boolean isOver(Form form) {
        ChainRef chain = form.chain();
        return (view.dialect().needsHooks() || !Chains.isHook(chain.chain()))
                && isThere(chain)
                && (form.jump().isEmpty() || leadsOn(chain, form.jump().get()));
    }

    private boolean leadsOn(ChainRef chain, ChainRef target) {
        return isThere(target) && table(target).equals(table(chain));
    }

    private boolean isThere(ChainRef chain) {
        return Chains.isMade(chain.chain()) || view.tables().hasChain(chain);
    }

    private String table(ChainRef chain) {
        return view.name(chain).table();
    }
}
