package io.netd.plugins.firewall;

import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.List;
import java.util.Map;

/**
 * Rules of a container that the reference plugin added.
 *
 * @param owner in whose name they are taken away
 * @param rules where they stand they go, unless somebody else wants them
 */
public record FoundRulesTrace(Owner owner, List<Rule> rules) implements Trace {
    /** Keeps a copy. */
    public FoundRulesTrace {
        rules = List.copyOf(rules);
    }

    @Override
    public void revert(Host host) {
        host.firewall().adopt(Map.of(owner, rules));
        host.firewall().remove(owner);
    }
}
