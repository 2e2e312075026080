package io.netd.firewall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
    private final Wishes wishes;
    private final KernelRules kernel;
    private final Fulfilment fulfilment;
    private final Queue<Wish> waiting = new ConcurrentLinkedQueue<>();

    /** Fair, so that callers whose wish was fulfilled by another get away before that one's next wish begins. */
    private final Lock lock = new ReentrantLock(true);

    private Ledger(Framework usual, Map<Framework, Backend> backends) {
        this.wishes = new Wishes(usual);
        this.kernel = new KernelRules(backends, wishes);
        this.fulfilment = new Fulfilment(wishes, kernel);
    }

    /** Returns an empty ledger that writes all rules through {@code backend}, which it closes with itself. */
    public static Ledger of(Backend backend) {
        return new Ledger(Framework.IPTABLES, Map.of(Framework.IPTABLES, backend));
    }

    /**
     * Returns an empty ledger of both frameworks.
     *
     * @param usual where rules stand that name none
     * @param backends of each framework one, which is closed with the ledger
     */
    public static Ledger of(Framework usual, Map<Framework, Backend> backends) {
        return new Ledger(usual, backends);
    }

    /** Returns where rules stand that name no framework. */
    public Framework usual() {
        return wishes.usual();
    }

    /**
     * Makes {@code rules} the owner's rules, whatever they were before; the kernel gets the difference. Without a
     * difference the kernel is not asked.
     *
     * @throws FirewallException if the kernel refuses; then nothing has changed
     */
    public void put(Owner owner, List<Rule> rules) {
        put(Map.of(owner, rules));
    }

    /**
     * {@link #put(Owner, List)} for several owners at once.
     *
     * @throws FirewallException if the kernel refuses one of them; then that one has changed nothing
     */
    public void put(Map<Owner, List<Rule>> rules) {
        List<Wish> own = new ArrayList<>();
        rules.forEach((owner, list) -> own.add(new Wish(owner, list)));
        waiting.addAll(own);
        guarded(() -> {
            if (!own.stream().allMatch(Wish::isDone)) {
                serve(own);
            }
            own.forEach(Wish::throwFailure);
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
        return guarded(
                () -> kernel.frameworks().stream().flatMap(this::repaired).toList());
    }

    /**
     * {@link #repair} in one framework.
     *
     * @throws FirewallException if the kernel refuses
     */
    public List<Rule> repair(Framework framework) {
        return guarded(() -> repaired(framework).toList());
    }

    /**
     * Looks for rules in the kernel, where somebody else may have deleted them.
     *
     * @return those that do not stand there
     * @throws FirewallException if the kernel does not tell
     */
    public List<Rule> missing(List<Rule> rules) {
        return rules.isEmpty() ? List.of() : guarded(() -> kernel.missing(rules));
    }

    /**
     * Looks for rules that wait for a chain of somebody else's.
     *
     * @return those that do not stand in the kernel, and are not missing there
     * @throws FirewallException if the kernel does not tell
     */
    public List<Rule> waiting(List<Rule> rules) {
        return rules.isEmpty() ? List.of() : guarded(() -> kernel.waiting(rules));
    }

    /**
     * Makes sure that the firewall answers, as it has to before any change.
     *
     * @param where whose; absent for the usual one's
     * @throws FirewallException if it does not
     */
    public void requireReachable(Optional<Framework> where) {
        guarded(() -> {
            kernel.requireReachable(where.orElse(usual()));
            return where;
        });
    }

    /**
     * Looks for rules in the kernel that somebody else has put there. Where netd wants them all, the kernel is not asked.
     *
     * @return those that stand there and that nobody wants of netd
     * @throws FirewallException if the kernel does not tell
     */
    public List<Rule> foreign(List<Rule> rules) {
        return guarded(() -> {
            List<Rule> unwanted =
                    rules.stream().filter(rule -> !wishes.isDesired(rule)).toList();
            List<Rule> missing = kernel.missing(unwanted);
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

    /** Whether anybody wants this rule of netd, in whatever framework; costs the same however many rules there are. */
    public boolean isWanted(Rule rule) {
        return guarded(() -> wishes.isDesiredAnywhere(rule));
    }

    /** Returns all owners that have rules. */
    public Set<Owner> owners() {
        return guarded(wishes::owners);
    }

    /** Closes sockets; rules stay. */
    @Override
    public void close() {
        guarded(() -> {
            kernel.close();
            return kernel;
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
    private void serve(List<Wish> own) {
        Collection<Wish> batch = new LinkedHashSet<>();
        for (Wish wish = waiting.poll(); wish != null; wish = waiting.poll()) {
            batch.add(wish);
        }
        // An Error of an earlier leader may have taken this wish out of the queue and left it undone.
        batch.addAll(own);
        batch.removeIf(Wish::isDone);
        try {
            fulfilment.of(batch);
        } catch (FirewallException e) {
            batch.forEach(batch.size() == 1 ? wish -> wish.fail(e) : this::fulfilAlone);
        }
    }

    private void fulfilAlone(Wish wish) {
        try {
            fulfilment.of(List.of(wish));
        } catch (FirewallException e) {
            wish.fail(e);
        }
    }

    private Stream<Rule> repaired(Framework framework) {
        fulfilment.settle();
        return kernel.repair(framework);
    }
}
