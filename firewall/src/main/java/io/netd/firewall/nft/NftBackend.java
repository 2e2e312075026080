package io.netd.firewall.nft;

import io.netd.firewall.Backend;
import io.netd.firewall.Change;
import io.netd.firewall.FirewallException;
import io.netd.firewall.Rule;
import io.netd.firewall.RuleSet;
import io.netd.linux.sys.Errno;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.nft.Committed;
import io.netd.netlink.nft.NftSocket;
import io.netd.netlink.nft.NftTransaction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Rules written over nfnetlink in one dialect. Remembers the handles of its rules as long as nobody else changes
 * anything; every commit is tied to the generation it was made for, so that a handle can never mean somebody else's rule.
 * Not thread-safe; the ledger calls it under its lock.
 */
public final class NftBackend implements Backend {
    /** How often a change is tried while others keep changing the rules. */
    private static final int ATTEMPTS = 20;

    /** What a kernel answers when the rules are not as the view has them. */
    private static final Set<Errno> STALE = EnumSet.of(Errno.ERESTART, Errno.ENOENT, Errno.EEXIST, Errno.EBUSY);

    private final NftSockets sockets;
    private final Forms forms;
    private Optional<HostView> view = Optional.empty();
    private SeenRules seen = new SeenRules(0, Set.of());

    /** Writes through sockets of this source, which is closed with the backend. */
    public NftBackend(NftSockets sockets, Dialect dialect) {
        this.sockets = sockets;
        this.forms = new Forms(dialect);
    }

    @Override
    public void apply(Change change) {
        change((socket, now) -> commit(socket, change, now));
    }

    @Override
    public List<Rule> repair(RuleSet desired) {
        List<Rule> all = new ArrayList<>();
        desired.chains().forEach(chain -> all.addAll(desired.in(chain)));
        Change wanted = new Change(List.of(), all, desired);
        return change((socket, now) -> {
            view = view.filter(known -> socket.isListening());
            return commit(socket, wanted, now.recognising());
        });
    }

    @Override
    public List<Rule> missing(List<Rule> rules, RuleSet desired) {
        Change wanted = new Change(List.of(), rules, desired);
        return look((socket, now) -> {
            follow(socket);
            HostView fresh = new HostView(forms, socket.generation());
            if (isProven(fresh.generation(), rules)) {
                return List.of();
            }
            new Reading(fresh, wanted, true).from(socket);
            List<Rule> missing = Transaction.of(fresh, wanted, now.tidy()).placed();
            if (missing.isEmpty()) {
                seen = seen.with(fresh.generation(), rules);
            }
            return missing;
        });
    }

    @Override
    public List<Rule> waiting(List<Rule> rules) {
        return look((socket, now) -> {
            HostView fresh = new HostView(forms, socket.generation());
            rules.forEach(rule -> fresh.tables().readFamily(socket, rule.family()));
            Waiting waiting = new Waiting(fresh);
            return rules.stream()
                    .filter(rule -> !waiting.isOver(forms.of(rule)))
                    .toList();
        });
    }

    /** Whether nothing has changed since the rules were seen there, or written. */
    private boolean isProven(int generation, List<Rule> rules) {
        return seen.has(generation, rules)
                || view.filter(known -> known.generation() == generation)
                        .filter(known ->
                                forms.of(rules).stream().allMatch(form -> known.isRead(form) && known.has(form)))
                        .isPresent();
    }

    @Override
    public void close() {
        sockets.close();
    }

    private List<Rule> change(Attempt attempt) {
        return retry("change the rules", now -> sockets.change(socket -> attempt.run(socket, now)));
    }

    private List<Rule> look(Attempt attempt) {
        return retry("read the rules", now -> sockets.look(socket -> attempt.run(socket, now)));
    }

    private List<Rule> retry(String what, Function<Manner, List<Rule>> attempt) {
        Manner manner = Manner.FIRST;
        NetlinkException last = null;
        for (int count = 0; count < ATTEMPTS; count++) {
            try {
                return attempt.apply(manner);
            } catch (NetlinkException e) {
                view = Optional.empty();
                manner = manner.after(e);
                last = e;
                if (!e.isAnswerLost() && !STALE.contains(e.errno())) {
                    break;
                }
            }
        }
        String message = what + ": " + last.getMessage();
        throw last.isAnswerLost() ? FirewallException.unsettled(message, last) : new FirewallException(message, last);
    }

    private List<Rule> commit(NftSocket socket, Change change, Manner manner) {
        follow(socket);
        HostView now = view.filter(known -> !isOld(known, socket, change))
                .orElseGet(() -> new HostView(forms, socket.generation()));
        view = Optional.empty();
        new Reading(now, change, manner.recognise()).from(socket);
        Transaction transaction = Transaction.of(now, change, manner.tidy());
        if (!transaction.batch().isEmpty()) {
            Committed committed = socket.commit(transaction.batch());
            if (!transaction.settle(committed)) {
                return transaction.placed();
            }
        }
        view = Optional.of(now);
        return transaction.placed();
    }

    /** Takes what others changed over into the view; where that is not known, or not enough, there is no view any more. */
    private void follow(NftSocket socket) {
        if (socket.isListening()) {
            Optional<List<NftTransaction>> changes = socket.othersChanges();
            view = view.filter(known -> changes.filter(known::follow).isPresent());
        }
    }

    /** A commit proves a view; where there is nothing to delete, because the view knows no such rule, none proves it. */
    private static boolean isOld(HostView view, NftSocket socket, Change change) {
        boolean isUnproven = view.forms().of(change.removed()).stream()
                .anyMatch(form -> view.isRead(form.chain()) && !view.has(form));
        return isUnproven && view.generation() != socket.generation();
    }

    /** One try with what the kernel has right now. */
    @FunctionalInterface
    private interface Attempt {
        /** Returns the rules that were not there. */
        List<Rule> run(NftSocket socket, Manner manner);
    }

    /**
     * How a change is tried.
     *
     * @param recognise whether a new rule that is there already may be netd's: written before, or by a try whose answer was lost
     * @param tidy whether to remove chains and tables that nobody needs any more
     */
    private record Manner(boolean recognise, boolean tidy) {
        static final Manner FIRST = new Manner(false, true);

        Manner recognising() {
            return new Manner(true, tidy);
        }

        Manner after(NetlinkException failure) {
            return new Manner(recognise || failure.isAnswerLost(), tidy && failure.errno() != Errno.EBUSY);
        }
    }
}
