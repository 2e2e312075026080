package io.netd.firewall;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A kernel made of memory: its rules are numbers, the marks they match. */
final class FakeBackend implements Backend {
    List<String> changes = new ArrayList<>();
    final Set<Integer> present = new HashSet<>();
    CountDownLatch gate = new CountDownLatch(0);
    int refused;
    Ending ending = Ending.ANSWERED;

    /** What becomes of a change that is not refused. */
    enum Ending {
        ANSWERED,
        DONE_UNHEARD,
        LOST_UNDONE
    }

    @Override
    public void apply(Change change) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new FirewallException("interrupted", e);
        }
        if (change.added().stream().anyMatch(rule -> number(rule) == refused)) {
            throw new FirewallException("rule " + refused);
        }
        if (ending == Ending.LOST_UNDONE) {
            throw unheard();
        }
        change.removed().forEach(rule -> present.remove(number(rule)));
        change.added().forEach(rule -> present.add(number(rule)));
        changes.add(Stream.concat(
                        change.removed().stream().map(rule -> "-" + number(rule)),
                        change.added().stream().map(rule -> "+" + number(rule)))
                .collect(Collectors.joining(" ")));
        if (ending == Ending.DONE_UNHEARD) {
            throw unheard();
        }
    }

    private static FirewallException unheard() {
        return FirewallException.unsettled("no answer", new IllegalStateException("no answer"));
    }

    @Override
    public List<Rule> repair(RuleSet desired) {
        return List.of();
    }

    @Override
    public List<Rule> missing(List<Rule> rules, RuleSet desired) {
        return rules.stream().filter(rule -> !present.contains(number(rule))).toList();
    }

    @Override
    public List<Rule> waiting(List<Rule> rules) {
        return List.of();
    }

    @Override
    public void close() {
        // Memory needs no closing.
    }

    private static int number(Rule rule) {
        return ((Match.Mark) rule.matches().get(0)).value();
    }
}
