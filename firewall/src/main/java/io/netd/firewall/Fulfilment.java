package io.netd.firewall;

import io.netd.firewall.Wishes.FrameworkChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries wishes to the kernel, all of a batch or none. Where nobody can tell what the kernel did, for its answer was lost,
 * the rules of before and after are both taken for standing, until the kernel says which of them are there: before the next
 * change. Guarded by the {@link Ledger}.
 */
final class Fulfilment {
    private final Wishes wishes;
    private final KernelRules kernel;
    private final Set<Owner> doubtful = new HashSet<>();

    Fulfilment(Wishes wishes, KernelRules kernel) {
        this.wishes = wishes;
        this.kernel = kernel;
    }

    /**
     * Fulfils them.
     *
     * @throws FirewallException if the kernel refuses one of them; then none is fulfilled
     */
    void of(Collection<Wish> batch) {
        settle();
        wishes.begin();
        batch.forEach(wish -> wish.enter(wishes));
        List<FrameworkChange> applied = new ArrayList<>();
        try {
            for (FrameworkChange part : wishes.changes()) {
                kernel.apply(part);
                applied.add(part);
            }
            batch.forEach(Wish::succeed);
        } catch (RuntimeException | Error e) {
            List<Wish> backwards = new ArrayList<>(batch);
            Collections.reverse(backwards);
            backwards.forEach(wish -> wish.leave(wishes));
            if (!isTakenBack(applied, e)) {
                batch.forEach(wish -> doubtful.add(wish.hold(wishes)));
            }
            throw e;
        }
    }

    /**
     * Of owners whose last change may have been done or not: the kernel says which of their rules stand.
     *
     * @throws FirewallException if it does not
     */
    void settle() {
        for (Owner owner : List.copyOf(doubtful)) {
            List<Rule> rules = wishes.of(owner);
            Set<Rule> missing = Set.copyOf(kernel.missing(rules));
            wishes.put(
                    owner,
                    rules.stream().filter(rule -> !missing.contains(rule)).toList());
            doubtful.remove(owner);
        }
    }

    /** Whether the kernel has nothing of a change that came to this end. */
    private boolean isTakenBack(List<FrameworkChange> applied, Throwable end) {
        if (!(end instanceof FirewallException refusal) || refusal.isUnsettled()) {
            return false;
        }
        try {
            applied.forEach(kernel::takeBack);
            return true;
        } catch (FirewallException e) {
            end.addSuppressed(e);
            return false;
        }
    }
}
