package io.netd.firewall;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One caller's change on its way to the kernel; read and written under the ledger's lock. */
final class Wish {
    private final Owner owner;
    private final List<Rule> rules;
    private List<Rule> before = List.of();
    private Optional<FirewallException> failure = Optional.empty();
    private boolean done;

    Wish(Owner owner, List<Rule> rules) {
        this.owner = owner;
        this.rules = List.copyOf(new LinkedHashSet<>(rules));
    }

    boolean isDone() {
        return done;
    }

    void enter(Wishes wishes) {
        before = wishes.put(owner, rules);
    }

    void leave(Wishes wishes) {
        wishes.put(owner, before);
    }

    /** Takes all for standing that may stand: what is there, and what was to be. */
    Owner hold(Wishes wishes) {
        wishes.put(
                owner,
                Stream.concat(wishes.of(owner).stream(), rules.stream())
                        .distinct()
                        .toList());
        return owner;
    }

    void succeed() {
        done = true;
    }

    void fail(FirewallException reason) {
        failure = Optional.of(reason);
        done = true;
    }

    void throwFailure() {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
