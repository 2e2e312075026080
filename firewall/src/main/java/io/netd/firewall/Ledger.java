package io.netd.firewall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The one owner of netd's rules of one host network namespace. Each {@link Owner} wants a list of rules; the kernel
 * holds the union of all lists, equal rules once. Every change is one transaction of the kernel: afterwards either all
 * of it is there or nothing has changed.
 *
 * <p>Chains of netd's own ({@link Chains#isOwn}) exist exactly while a rule stands in them or jumps to them (a chain
 * into which somebody else put rules is left), and so do {@link Chains#isCommon common} ones, whose
 * {@link Rule#frameOf frames} stay while somebody else's rules stand there. Base tables and chains that netd had to create go when they are empty
 * and the last of netd's rules has gone, so that the host is as it was before.
 *
 * <p>Thread-safe; a call blocks until the kernel has the change. Changes that wait for one another become one
 * transaction: adding an xtables target right after a deletion waits for the kernel's deferred work (about 10 ms), and
 * so many callers wait once.
 */
public final class Ledger implements AutoCloseable {
    private final Backend backend;
    private final Wishes wishes = new Wishes();
    private final Queue<Wish> waiting = new ConcurrentLinkedQueue<>();

    /** Fair, so that callers whose wish was fulfilled by another get away before that one's next wish begins. */
    private final Lock lock = new ReentrantLock(true);

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
    public void put(Owner owner, List<Rule> rules) {
        Wish own = new Wish(owner, rules);
        waiting.add(own);
        guarded(() -> {
            if (!own.isDone()) {
                serve(own);
            }
            own.throwFailure();
            return own;
        });
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
    public void adopt(Map<Owner, List<Rule>> known) {
        guarded(() -> {
            known.forEach((owner, rules) -> new Wish(owner, rules).enter(wishes));
            return known;
        });
    }

    /**
     * Compares with the kernel and puts back what is missing.
     *
     * @return the rules that were missing
     * @throws FirewallException if the kernel refuses
     */
    public List<Rule> repair() {
        return guarded(() -> backend.repair(wishes.desired()));
    }

    /**
     * Looks for rules in the kernel, where somebody else may have deleted them.
     *
     * @return those that do not stand there
     * @throws FirewallException if the kernel does not tell
     */
    public List<Rule> missing(List<Rule> rules) {
        return rules.isEmpty() ? List.of() : guarded(() -> backend.missing(rules, wishes.desired()));
    }

    /**
     * Looks for rules in the kernel that somebody else has put there. Where netd wants them all, the kernel is not asked.
     *
     * @return those that stand there and that nobody wants of netd
     * @throws FirewallException if the kernel does not tell
     */
    public List<Rule> foreign(List<Rule> rules) {
        return guarded(() -> {
            List<Rule> unwanted = rules.stream()
                    .filter(rule -> !wishes.desired().contains(rule))
                    .toList();
            if (unwanted.isEmpty()) {
                return List.of();
            }
            List<Rule> missing = backend.missing(unwanted, wishes.desired());
            return unwanted.stream().filter(rule -> !missing.contains(rule)).toList();
        });
    }

    /** {@link #adopt}, then {@link #repair}: what a daemon does at its start. */
    public List<Rule> restore(Map<Owner, List<Rule>> known) {
        adopt(known);
        return repair();
    }

    /** Returns the rules the owner has; empty for an unknown owner. */
    public List<Rule> rules(Owner owner) {
        return guarded(() -> wishes.of(owner));
    }

    /** Returns all owners that have rules. */
    public Set<Owner> owners() {
        return guarded(wishes::owners);
    }

    /** Closes sockets; rules stay. */
    @Override
    public void close() {
        guarded(() -> {
            backend.close();
            return backend;
        });
    }

    private <T> T guarded(Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }

    /** Fulfils all wishes that wait, in one transaction; if that is refused, one by one, so that each gets its answer. */
    private void serve(Wish own) {
        Collection<Wish> batch = new LinkedHashSet<>();
        for (Wish wish = waiting.poll(); wish != null; wish = waiting.poll()) {
            batch.add(wish);
        }
        // An Error of an earlier leader may have taken this wish out of the queue and left it undone.
        batch.add(own);
        batch.removeIf(Wish::isDone);
        try {
            fulfil(batch);
        } catch (FirewallException e) {
            batch.forEach(batch.size() == 1 ? wish -> wish.fail(e) : this::fulfilAlone);
        }
    }

    private void fulfilAlone(Wish wish) {
        try {
            fulfil(List.of(wish));
        } catch (FirewallException e) {
            wish.fail(e);
        }
    }

    private void fulfil(Collection<Wish> batch) {
        wishes.begin();
        batch.forEach(wish -> wish.enter(wishes));
        boolean applied = false;
        try {
            Change change = wishes.change();
            if (!change.isEmpty()) {
                backend.apply(change);
            }
            applied = true;
            batch.forEach(Wish::succeed);
        } finally {
            if (!applied) {
                List<Wish> backwards = new ArrayList<>(batch);
                Collections.reverse(backwards);
                backwards.forEach(wish -> wish.leave(wishes));
            }
        }
    }
}
