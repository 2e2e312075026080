package io.netd.firewall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one owner of netd's rules of one host network namespace. Each {@link Owner} wants a list of rules; the kernel
 * holds the union of all lists, equal rules once. Every change is one transaction of the kernel: afterwards either all
 * of it is there or nothing has changed.
 *
 * <p>Chains of netd's own ({@link Chains#isOwn}) exist exactly while a rule stands in them or jumps to them (a chain
 * into which somebody else put rules is left). Base tables and chains that netd had to create go when they are empty
 * and the last of netd's rules has gone, so that the host is as it was before.
 *
 * <p>Thread-safe; a call blocks until the kernel has the change.
 */
public final class Ledger implements AutoCloseable {
    private final Backend backend;
    private final Map<Owner, List<Rule>> owners = new LinkedHashMap<>();
    private final RuleSet desired = new RuleSet();

    private Ledger(Backend backend) {
        this.backend = backend;
    }

    /** Returns an empty ledger that writes through {@code backend}, which it closes with itself. */
    public static Ledger of(Backend backend) {
        return new Ledger(backend);
    }

    /**
     * Makes {@code rules} the owner's rules, whatever they were before; the kernel gets the difference. Without a
     * difference the kernel is not asked.
     *
     * @throws FirewallException if the kernel refuses; then nothing has changed
     */
    public synchronized void put(Owner owner, List<Rule> rules) {
        List<Rule> before = owners.getOrDefault(owner, List.of());
        List<Rule> after = rules.stream().distinct().toList();
        List<Rule> added = count(after, true);
        List<Rule> removed = count(before, false);
        remember(owner, after);
        try {
            apply(added, removed);
        } catch (FirewallException e) {
            count(before, true);
            count(after, false);
            remember(owner, before);
            throw e;
        }
    }

    /**
     * Takes away the owner's rules; an owner without rules is no error.
     *
     * @throws FirewallException if the kernel refuses; then nothing has changed
     */
    public void remove(Owner owner) {
        put(owner, List.of());
    }

    /**
     * Takes over what was put before a restart, as the journal has it, without touching the kernel: a later
     * {@link #put} or {@link #remove} finds the rules that are there.
     */
    public synchronized void adopt(Map<Owner, List<Rule>> known) {
        known.forEach((owner, rules) -> {
            List<Rule> after = rules.stream().distinct().toList();
            count(after, true);
            count(owners.getOrDefault(owner, List.of()), false);
            remember(owner, after);
        });
    }

    /**
     * Compares with the kernel and puts back what is missing.
     *
     * @return the rules that were missing
     * @throws FirewallException if the kernel refuses
     */
    public synchronized List<Rule> repair() {
        return backend.repair(desired);
    }

    /** {@link #adopt}, then {@link #repair}: what a daemon does at its start. */
    public synchronized List<Rule> restore(Map<Owner, List<Rule>> known) {
        adopt(known);
        return repair();
    }

    /** Returns the rules the owner has; empty for an unknown owner. */
    public synchronized List<Rule> rules(Owner owner) {
        return owners.getOrDefault(owner, List.of());
    }

    /** Returns all owners that have rules. */
    public synchronized Set<Owner> owners() {
        return Set.copyOf(owners.keySet());
    }

    /** Closes sockets; rules stay. */
    @Override
    public synchronized void close() {
        backend.close();
    }

    private void apply(List<Rule> added, List<Rule> removed) {
        if (!added.isEmpty() || !removed.isEmpty()) {
            backend.apply(new Change(removed, added, desired));
        }
    }

    /** Counts rules in or out and returns those for which that made a difference. */
    private List<Rule> count(List<Rule> rules, boolean in) {
        List<Rule> changed = new ArrayList<>();
        for (Rule rule : rules) {
            if (in ? desired.add(rule) : desired.remove(rule)) {
                changed.add(rule);
            }
        }
        return changed;
    }

    private void remember(Owner owner, List<Rule> rules) {
        if (rules.isEmpty()) {
            owners.remove(owner);
        } else {
            owners.put(owner, rules);
        }
    }
}
