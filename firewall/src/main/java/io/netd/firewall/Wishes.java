package io.netd.firewall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who wants which rules, and what a series of changes to that means for the kernel. Guarded by the {@link Ledger}. */
final class Wishes {
    private final Map<Owner, List<Rule>> owners = new LinkedHashMap<>();
    private final RuleSet desired = new RuleSet();

    /** How many times each rule came (1) or went (-1) on the whole since {@link #begin}. */
    private final Map<Rule, Integer> moved = new LinkedHashMap<>();

    RuleSet desired() {
        return desired;
    }

    List<Rule> of(Owner owner) {
        return owners.getOrDefault(owner, List.of());
    }

    Set<Owner> owners() {
        return Set.copyOf(owners.keySet());
    }

    void begin() {
        moved.clear();
    }

    /** Makes {@code rules} the owner's; returns what they were before. */
    List<Rule> put(Owner owner, List<Rule> rules) {
        List<Rule> before = of(owner);
        for (Rule rule : rules) {
            if (desired.add(rule)) {
                moved.merge(rule, 1, Integer::sum);
            }
        }
        for (Rule rule : before) {
            if (desired.remove(rule)) {
                moved.merge(rule, -1, Integer::sum);
            }
        }
        if (rules.isEmpty()) {
            owners.remove(owner);
        } else {
            owners.put(owner, rules);
        }
        return before;
    }

    /** What {@link #put} since {@link #begin} means for the kernel. */
    Change change() {
        List<Rule> added = new ArrayList<>();
        List<Rule> removed = new ArrayList<>();
        moved.forEach((rule, count) -> {
            if (count != 0) {
                (count > 0 ? added : removed).add(rule);
            }
        });
        return new Change(removed, added, desired);
    }
}
