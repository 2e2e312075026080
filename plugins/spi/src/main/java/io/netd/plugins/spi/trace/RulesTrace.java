package io.netd.plugins.spi.trace;

import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.List;

/**
 * Rules in the ledger.
 *
 * @param owner in whose name
 * @param rules all of the owner's rules
 */
public record RulesTrace(Owner owner, List<Rule> rules) implements Trace {
    public RulesTrace {
        rules = List.copyOf(rules);
    }

    /** Puts the rules into the ledger; returns when the kernel has them. */
    public void apply(Host host) {
        host.firewall().put(owner, rules);
    }

    @Override
    public void revert(Host host) {
        host.firewall().remove(owner);
    }
}
