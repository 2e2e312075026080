package io.netd.plugins.spi.trace;

import io.netd.firewall.Framework;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.List;
import java.util.Optional;

/**
 * Rules in the ledger.
 *
 * @param owner in whose name
 * @param rules all of the owner's rules
 * @param framework where those stand that name none, as it was when they were put; absent for iptables
 */
public record RulesTrace(Owner owner, List<Rule> rules, Optional<Framework> framework) implements Trace {
    public RulesTrace {
        rules = List.copyOf(rules);
    }

    /** Rules on their way. */
    public RulesTrace(Owner owner, List<Rule> rules) {
        this(owner, rules, Optional.empty());
    }

    /** The same, to be written down on a host with this usual framework. */
    public RulesTrace on(Framework usual) {
        return new RulesTrace(owner, rules, Optional.of(usual).filter(found -> found != Framework.IPTABLES));
    }

    /** Whether all rules stand where they would be put now. */
    public boolean isWhereItBelongs(Framework usual) {
        return framework.orElse(Framework.IPTABLES) == usual
                || rules.stream().allMatch(rule -> rule.framework().isPresent());
    }

    /** The rules as they stand on a host whose usual framework may be another by now. */
    public List<Rule> standing(Framework usual) {
        Optional<Framework> then =
                Optional.of(framework.orElse(Framework.IPTABLES)).filter(found -> found != usual);
        return rules.stream()
                .map(rule -> rule.framework().isPresent() ? rule : rule.in(then))
                .toList();
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
