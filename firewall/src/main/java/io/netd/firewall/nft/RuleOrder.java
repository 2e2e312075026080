package io.netd.firewall.nft;

import io.netd.firewall.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The order in which the new rules of one batch are written. */
final class RuleOrder {
    private RuleOrder() {}

    /** Whether the rule stands before other people's rules. */
    static boolean comesBeforeOthers(Rule rule) {
        return rule.rank() < 0;
    }

    /**
     * Returns the rules in an order in which each finds its place next to rules that are already there: those that are
     * put at the front (or after a given rule) backwards, those at the end (or before a given rule) forwards.
     */
    static List<Rule> forWriting(List<Rule> rules) {
        List<Rule> front = new ArrayList<>();
        List<Rule> back = new ArrayList<>();
        rules.forEach(rule -> (comesBeforeOthers(rule) ? front : back).add(rule));
        front.sort(Comparator.comparingInt(Rule::rank));
        back.sort(Comparator.comparingInt(Rule::rank));
        Collections.reverse(front);
        front.addAll(back);
        return front;
    }
}
