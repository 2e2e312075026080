package io.netd.firewall.nft;

import io.netd.firewall.Rule;
import io.netd.netlink.nft.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Netd's rules in one chain of the kernel with their handles, and how many rules of others there are. */
final class ChainState {
    private final NavigableMap<Integer, Map<Rule, Long>> byRank = new TreeMap<>();
    private int foreign;

    OptionalLong handle(Rule rule) {
        Long handle = byRank.getOrDefault(rule.rank(), Map.of()).get(rule);
        return handle == null ? OptionalLong.empty() : OptionalLong.of(handle);
    }

    boolean has(Rule rule) {
        return handle(rule).isPresent();
    }

    void place(Rule rule, long handle) {
        byRank.computeIfAbsent(rule.rank(), rank -> new LinkedHashMap<>()).put(rule, handle);
    }

    void remove(Rule rule) {
        byRank.computeIfPresent(rule.rank(), (rank, rules) -> {
            rules.remove(rule);
            return rules.isEmpty() ? null : rules;
        });
    }

    void countForeign() {
        foreign++;
    }

    /** Whether there is a rule besides these. */
    boolean holdsOthersThan(Set<Rule> known) {
        return foreign > 0 || byRank.values().stream().anyMatch(rules -> !known.containsAll(rules.keySet()));
    }

    /** Whether the rule may be one of those that were not recognised when the chain was read. */
    boolean mayHide(Rule rule) {
        return foreign > 0 && !has(rule);
    }

    boolean isEmpty() {
        return byRank.isEmpty() && foreign == 0;
    }

    /**
     * Returns where a rule of this chain belongs. Rules that come in one batch are written in the order of
     * {@link RuleOrder}, so that none needs to refer to another that has no handle yet.
     */
    Position position(Rule rule) {
        if (RuleOrder.comesBeforeOthers(rule)) {
            var before = byRank.floorEntry(rule.rank());
            return before == null ? Position.FIRST : Position.after(last(before.getValue()));
        }
        var after = byRank.higherEntry(rule.rank());
        return after == null
                ? Position.LAST
                : Position.before(after.getValue().values().iterator().next());
    }

    private static long last(Map<Rule, Long> rules) {
        long last = 0;
        for (long handle : rules.values()) {
            last = handle;
        }
        return last;
    }
}
