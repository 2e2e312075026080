package io.netd.firewall;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Desired rules of many owners, counted, so that equal rules of two owners stay until both have gone. Not thread-safe:
 * the {@link Ledger} guards it.
 */
public final class RuleSet {
    private final Map<ChainRef, Map<Rule, Integer>> chains = new HashMap<>();
    private final Map<ChainRef, Integer> jumps = new HashMap<>();

    /** Counts a rule in; returns true if it was not there. */
    boolean add(Rule rule) {
        boolean isNew = chains.computeIfAbsent(ChainRef.of(rule), chain -> new HashMap<>())
                        .merge(rule, 1, Integer::sum)
                == 1;
        if (isNew && rule.target() instanceof Target.Jump jump) {
            jumps.merge(target(rule, jump), 1, Integer::sum);
        }
        return isNew;
    }

    /** Counts a rule out; returns true if it was the last one. */
    boolean remove(Rule rule) {
        ChainRef chain = ChainRef.of(rule);
        Map<Rule, Integer> rules = chains.getOrDefault(chain, Map.of());
        if (!rules.containsKey(rule)) {
            return false;
        }
        boolean isLast = rules.computeIfPresent(rule, (key, count) -> count == 1 ? null : count - 1) == null;
        if (rules.isEmpty()) {
            chains.remove(chain);
        }
        if (isLast && rule.target() instanceof Target.Jump jump) {
            jumps.computeIfPresent(target(rule, jump), (key, count) -> count == 1 ? null : count - 1);
        }
        return isLast;
    }

    /** Returns the chains that have rules. */
    public Collection<ChainRef> chains() {
        return List.copyOf(chains.keySet());
    }

    /** Returns the rules of a chain by rank; equal ranks in no particular order. */
    public List<Rule> in(ChainRef chain) {
        return chains.getOrDefault(chain, Map.of()).keySet().stream()
                .sorted(Comparator.comparingInt(Rule::rank))
                .toList();
    }

    /** Tells whether nobody wants any rule. */
    public boolean isEmpty() {
        return chains.isEmpty();
    }

    /** Tells whether anybody wants the rule. */
    public boolean contains(Rule rule) {
        return chains.getOrDefault(ChainRef.of(rule), Map.of()).containsKey(rule);
    }

    /** Tells whether the chain has a rule or is jumped to. */
    public boolean needs(ChainRef chain) {
        return chains.containsKey(chain) || jumps.containsKey(chain);
    }

    /** Tells whether any chain of the table is needed. */
    public boolean needsTableOf(ChainRef chain) {
        return chains.keySet().stream()
                .anyMatch(other -> other.family() == chain.family() && other.table() == chain.table());
    }

    private static ChainRef target(Rule rule, Target.Jump jump) {
        return new ChainRef(rule.family(), rule.table(), jump.chain());
    }
}
