package io.netd.engine;

import io.netd.firewall.Backend;
import io.netd.firewall.Change;
import io.netd.firewall.Rule;
import io.netd.firewall.RuleSet;
import java.util.List;

/** A firewall that takes everything and does nothing. */
final class QuietBackend implements Backend {
    @Override
    public void apply(Change change) {}

    @Override
    public List<Rule> repair(RuleSet desired) {
        return List.of();
    }

    @Override
    public List<Rule> missing(List<Rule> rules, RuleSet desired) {
        return List.of();
    }

    @Override
    public List<Rule> waiting(List<Rule> rules) {
        return List.of();
    }

    @Override
    public void close() {}
}
