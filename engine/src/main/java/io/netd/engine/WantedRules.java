package io.netd.engine;

import io.netd.firewall.Ledger;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The rules that netd wants on a host, compared with the kernel's.
 *
 * @param views owner by owner, without those that wait for a chain of somebody else's
 */
record WantedRules(List<RuleView> views) {
    /** Blocks until the kernel has told. */
    static WantedRules of(Ledger ledger) {
        List<RuleView> wanted = new ArrayList<>();
        for (Owner owner : ledger.owners()) {
            ledger.rules(owner).forEach(rule -> wanted.add(new RuleView(owner, rule, true)));
        }
        List<Rule> all = wanted.stream().map(RuleView::rule).distinct().toList();
        Set<Rule> missing = Set.copyOf(ledger.missing(all));
        Set<Rule> waiting = Set.copyOf(ledger.waiting(all));
        return new WantedRules(wanted.stream()
                .filter(view -> !waiting.contains(view.rule()))
                .sorted(Comparator.comparing(view -> view.owner().value()))
                .map(view -> new RuleView(view.owner(), view.rule(), !missing.contains(view.rule())))
                .toList());
    }

    /** Those that do not stand, in words. */
    List<String> missing() {
        return views.stream()
                .filter(view -> !view.present())
                .map(view -> "of " + view.owner() + " is missing " + view.rule())
                .toList();
    }
}
