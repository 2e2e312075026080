package io.netd.firewall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who wants which rules, and what a series of changes to that means for the kernel, framework by framework. Guarded by the
 * {@link Ledger}.
 */
final class Wishes {
    private final Framework usual;
    private final Map<Owner, List<Rule>> owners = new LinkedHashMap<>();
    private final Map<Framework, RuleSet> desired = new EnumMap<>(Framework.class);

    /** How many times each rule came (1) or went (-1) on the whole since {@link #begin}. */
    private final Map<Framework, Map<Rule, Integer>> moved = new EnumMap<>(Framework.class);

    Wishes(Framework usual) {
        this.usual = usual;
        for (Framework framework : Framework.values()) {
            desired.put(framework, new RuleSet());
            moved.put(framework, new LinkedHashMap<>());
        }
    }

    /** Where rules stand that name no framework. */
    Framework usual() {
        return usual;
    }

    /** The desired rules of a framework, which they do not name themselves. */
    RuleSet desired(Framework framework) {
        return Optional.ofNullable(desired.get(framework)).orElseThrow();
    }

    /** Where a rule stands. */
    Framework framework(Rule rule) {
        return rule.framework().orElse(usual);
    }

    boolean isDesired(Rule rule) {
        return desired(framework(rule)).contains(rule.plain());
    }

    /** Whether it is desired in whatever framework. */
    boolean isDesiredAnywhere(Rule rule) {
        Rule plain = rule.plain();
        for (RuleSet rules : desired.values()) {
            if (rules.contains(plain)) {
                return true;
            }
        }
        return false;
    }

    List<Rule> of(Owner owner) {
        return owners.getOrDefault(owner, List.of());
    }

    Set<Owner> owners() {
        return Set.copyOf(owners.keySet());
    }

    void begin() {
        moved.values().forEach(Map::clear);
    }

    /** Makes {@code rules} the owner's; returns what they were before. */
    List<Rule> put(Owner owner, List<Rule> rules) {
        List<Rule> before = of(owner);
        for (Rule rule : rules) {
            Rule plain = rule.plain();
            if (desired(framework(rule)).add(plain)) {
                moved(framework(rule)).merge(plain, 1, Integer::sum);
            }
        }
        for (Rule rule : before) {
            Rule plain = rule.plain();
            if (desired(framework(rule)).remove(plain)) {
                moved(framework(rule)).merge(plain, -1, Integer::sum);
            }
        }
        if (rules.isEmpty()) {
            owners.remove(owner);
        } else {
            owners.put(owner, rules);
        }
        return before;
    }

    /**
     * What {@link #put} since {@link #begin} means for the kernel. A framework where rules come is before one where they
     * only go: rules that move are never absent.
     */
    List<FrameworkChange> changes() {
        List<FrameworkChange> changes = new ArrayList<>();
        for (Framework framework : Framework.values()) {
            Change change = change(framework);
            if (!change.isEmpty()) {
                changes.add(new FrameworkChange(framework, change));
            }
        }
        changes.sort(Comparator.comparing(found -> found.change().added().isEmpty()));
        return changes;
    }

    private Change change(Framework framework) {
        List<Rule> added = new ArrayList<>();
        List<Rule> removed = new ArrayList<>();
        moved(framework).forEach((rule, count) -> {
            if (count != 0) {
                (count > 0 ? added : removed).add(rule);
            }
        });
        return new Change(removed, added, desired(framework));
    }

    private Map<Rule, Integer> moved(Framework framework) {
        return Optional.ofNullable(moved.get(framework)).orElseThrow();
    }

    /**
     * One framework's part of a change.
     *
     * @param framework whose
     * @param change rules that name no framework
     */
    record FrameworkChange(Framework framework, Change change) {}
}
