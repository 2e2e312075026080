package io.netd.firewall.nft;

import io.netd.firewall.Rule;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Rules that stood in the kernel at one generation. */
record SeenRules(int generation, Set<Rule> rules) {
    SeenRules {
        rules = Set.copyOf(rules);
    }

    boolean has(int now, Collection<Rule> asked) {
        return now == generation && rules.containsAll(asked);
    }

    SeenRules with(int now, Collection<Rule> more) {
        Set<Rule> all = new HashSet<>(now == generation ? rules : Set.of());
        all.addAll(more);
        return new SeenRules(now, all);
    }
}
