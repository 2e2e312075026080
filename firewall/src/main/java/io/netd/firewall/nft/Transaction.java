package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;
import io.netd.firewall.Change;
import io.netd.firewall.Rule;
import io.netd.firewall.Target;
import io.netd.netlink.nft.Committed;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.NftBatch;
import io.netd.netlink.nft.NftFamily;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One change as one batch. Building it already moves the view on: if the kernel refuses, view and batch are waste. */
final class Transaction {
    private final HostView view;
    private final Change change;
    private final NftBatch batch;
    private final List<Rule> placed = new ArrayList<>();
    private final List<Rule> gone = new ArrayList<>();

    private Transaction(HostView view, Change change) {
        this.view = view;
        this.change = change;
        this.batch = new NftBatch(view.generation());
    }

    /**
     * Builds the batch.
     *
     * @param tidy whether to remove chains and tables that nobody needs any more
     */
    static Transaction of(HostView view, Change change, boolean tidy) {
        Transaction transaction = new Transaction(view, change);
        transaction.remove();
        transaction.add();
        if (tidy) {
            transaction.tidy();
        }
        return transaction;
    }

    NftBatch batch() {
        return batch;
    }

    /** Returns the rules that were not there. */
    List<Rule> placed() {
        return List.copyOf(placed);
    }

    /** Takes over what the kernel answered; false if it did not tell enough to go on with this view. */
    boolean settle(Committed committed) {
        if (committed.generation().isEmpty() || committed.handles().size() != placed.size()) {
            return false;
        }
        view.advanceTo(committed.generation().getAsInt());
        for (int i = 0; i < placed.size(); i++) {
            Rule rule = placed.get(i);
            view.state(ChainRef.of(rule)).place(rule, committed.handles().get(i));
        }
        return true;
    }

    /** Frames go last, for what else stands in their chain decides. */
    private void remove() {
        change.removed().stream().filter(rule -> rule.frameOf().isEmpty()).forEach(this::remove);
        change.removed().stream()
                .filter(rule ->
                        rule.frameOf().filter(chain -> !isUsedByOthers(chain)).isPresent())
                .forEach(this::remove);
    }

    private boolean isUsedByOthers(ChainRef chain) {
        Set<Rule> known = new LinkedHashSet<>(change.after().in(chain));
        known.addAll(change.removed());
        return view.state(chain).holdsOthersThan(known);
    }

    private void remove(Rule rule) {
        gone.add(rule);
        ChainRef chain = ChainRef.of(rule);
        OptionalLong handle = view.state(chain).handle(rule);
        if (handle.isPresent()) {
            batch.deleteRule(HostView.name(chain), handle.getAsLong());
            view.state(chain).remove(rule);
        }
    }

    private void add() {
        List<Rule> missing = change.added().stream().filter(this::isToBeAdded).toList();
        for (Rule rule : missing) {
            make(ChainRef.of(rule));
            jumpTarget(rule).ifPresent(this::make);
        }
        for (Rule rule : RuleOrder.forWriting(missing)) {
            ChainRef chain = ChainRef.of(rule);
            batch.addRule(
                    HostView.name(chain),
                    RuleEncoder.encode(rule),
                    view.state(chain).position(rule));
            placed.add(rule);
        }
    }

    private boolean isToBeAdded(Rule rule) {
        boolean canJump = jumpTarget(rule)
                .map(chain -> Chains.isMade(chain.chain()) || view.hasChain(chain))
                .orElse(true);
        return canJump && !view.state(ChainRef.of(rule)).has(rule);
    }

    private void make(ChainRef chain) {
        if (!view.hasTable(chain)) {
            batch.addTable(NftFamily.of(chain.family()), chain.table().toString(), OurMark.MARK);
            view.tableMade(chain);
        }
        if (!view.hasChain(chain)) {
            var hook = BaseChains.hook(chain.table(), chain.chain());
            batch.addChain(HostView.name(chain), hook, hook.isPresent() ? OurMark.MARK : Data.of());
            view.chainMade(chain);
        }
    }

    private void tidy() {
        Set<ChainRef> touched = new LinkedHashSet<>();
        for (Rule rule : gone) {
            touched.add(ChainRef.of(rule));
            jumpTarget(rule).ifPresent(touched::add);
        }
        for (ChainRef chain : touched) {
            boolean ours = Chains.isBuiltIn(chain.chain()) ? view.isOurs(chain) : Chains.isMade(chain.chain());
            boolean unneeded = !change.after().needs(chain) && view.state(chain).isEmpty();
            if (view.hasChain(chain) && ours && unneeded) {
                batch.deleteChain(HostView.name(chain));
                view.chainGone(chain);
            }
        }
        touched.forEach(this::tidyTable);
    }

    private void tidyTable(ChainRef chain) {
        if (view.isOurTable(chain) && view.isEmptyTable(chain)) {
            batch.deleteTable(NftFamily.of(chain.family()), chain.table().toString());
            view.tableGone(chain);
        }
    }

    static Optional<ChainRef> jumpTarget(Rule rule) {
        return rule.target() instanceof Target.Jump jump
                ? Optional.of(new ChainRef(rule.family(), rule.table(), jump.chain()))
                : Optional.empty();
    }
}
