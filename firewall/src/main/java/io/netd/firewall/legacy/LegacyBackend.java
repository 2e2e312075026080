package io.netd.firewall.legacy;

import io.netd.address.IpFamily;
import io.netd.firewall.Backend;
import io.netd.firewall.Change;
import io.netd.firewall.FirewallException;
import io.netd.firewall.Rule;
import io.netd.firewall.RuleSet;
import io.netd.firewall.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of iptables-legacy. Each change reads the tables it touches and is written by one iptables-restore for each
 * family. Tables are committed one after the other: if a later one is refused, the earlier ones are changed back.
 */
public final class LegacyBackend implements Backend {
    /** Between save and restore somebody else may have changed the table. */
    private static final int ATTEMPTS = 3;

    private final IptablesPrograms programs;

    /** Writes by these programs. */
    public LegacyBackend(IptablesPrograms programs) {
        this.programs = programs;
    }

    @Override
    public void apply(Change change) {
        programs.requireInstalled();
        try {
            run(change, false);
        } catch (FirewallException e) {
            takeBack(change, e);
            throw new FirewallException(e.getMessage(), e);
        }
    }

    @Override
    public List<Rule> repair(RuleSet desired) {
        List<Rule> all = new ArrayList<>();
        desired.chains().forEach(chain -> all.addAll(desired.in(chain)));
        return run(new Change(List.of(), all, desired), true);
    }

    @Override
    public List<Rule> missing(List<Rule> rules, RuleSet desired) {
        programs.requireInstalled();
        Change wanted = new Change(List.of(), rules, desired);
        return Stream.of(IpFamily.values())
                .flatMap(family -> plan(family, wanted, true).stream())
                .flatMap(table -> table.placed().stream())
                .toList();
    }

    @Override
    public List<Rule> waiting(List<Rule> rules) {
        return new Waiting(programs::save).among(rules);
    }

    @Override
    public void close() {
        // Nothing stays open between two changes.
    }

    private List<Rule> run(Change change, boolean recognise) {
        List<Rule> placed = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            placed.addAll(run(family, change, recognise));
        }
        return List.copyOf(placed);
    }

    private List<Rule> run(IpFamily family, Change change, boolean recognise) {
        FirewallException last = new FirewallException("change the rules: no attempt");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return attempt(family, change, recognise || attempt > 0);
            } catch (FirewallException e) {
                last = e;
            }
        }
        throw last;
    }

    private List<Rule> attempt(IpFamily family, Change change, boolean recognise) {
        List<TableChange> tables = plan(family, change, recognise);
        String text = tables.stream().map(TableChange::text).collect(Collectors.joining());
        if (!text.isEmpty()) {
            programs.restore(family, text);
        }
        return tables.stream().flatMap(table -> table.placed().stream()).toList();
    }

    private List<TableChange> plan(IpFamily family, Change change, boolean recognise) {
        List<TableChange> tables = new ArrayList<>();
        for (Table table : Table.values()) {
            if (isTouched(family, table, change)) {
                Listing listing = Listing.parse(programs.save(family, table));
                tables.add(new TableChange(family, table, change, listing, recognise));
            }
        }
        return tables;
    }

    private static boolean isTouched(IpFamily family, Table table, Change change) {
        return Stream.of(change.removed(), change.added())
                .flatMap(List::stream)
                .anyMatch(rule -> rule.family() == family && rule.table() == table);
    }

    private void takeBack(Change change, FirewallException cause) {
        try {
            run(new Change(change.added(), change.removed(), change.after()), true);
        } catch (FirewallException e) {
            cause.addSuppressed(e);
            throw FirewallException.unsettled(cause.getMessage(), cause);
        }
    }
}
