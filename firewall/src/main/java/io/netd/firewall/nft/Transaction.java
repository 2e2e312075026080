package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;
import io.netd.firewall.Change;
import io.netd.firewall.Rule;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Committed;
import io.netd.netlink.nft.NftBatch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One change as one batch. Building it already moves the view on: if the kernel refuses, view and batch are waste. */
final class Transaction {
    private final HostView view;
    private final Change change;
    private final NftBatch batch;
    private final Removals removals;
    private final Waiting waiting;
    private final List<Rule> placed = new ArrayList<>();
    private final List<Placing> written = new ArrayList<>();
    private final List<Form> gone = new ArrayList<>();

    private Transaction(HostView view, Change change) {
        this.view = view;
        this.change = change;
        this.batch = new NftBatch(view.generation());
        this.removals = new Removals(view, batch);
        this.waiting = new Waiting(view);
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
        if (tidy && !transaction.gone.isEmpty()) {
            Set<ChainRef> busy =
                    transaction.written.stream().map(Placing::chain).collect(Collectors.toSet());
            new Tidying(view, change, transaction.batch, transaction.removals).after(transaction.gone, busy);
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
        if (committed.generation().isEmpty() || committed.handles().size() != written.size()) {
            return false;
        }
        view.advanceTo(committed.generation().getAsInt());
        for (int i = 0; i < written.size(); i++) {
            Placing placing = written.get(i);
            view.state(placing.chain())
                    .place(placing.line(), committed.handles().get(i));
        }
        return true;
    }

    /** Frames go last, for what else stands in their chain decides. */
    private void remove() {
        List<Rule> frames = new ArrayList<>();
        for (Rule rule : change.removed()) {
            if (rule.frameOf().isEmpty()) {
                remove(view.forms().of(rule));
            } else {
                frames.add(rule);
            }
        }
        frames.removeIf(rule -> rule.frameOf().filter(this::isUsedByOthers).isPresent());
        frames.forEach(rule -> remove(view.forms().of(rule)));
    }

    private boolean isUsedByOthers(ChainRef chain) {
        Set<Line> known = Stream.concat(change.after().in(chain).stream(), change.removed().stream())
                .map(rule -> view.forms().of(rule).line())
                .collect(Collectors.toSet());
        return view.state(chain).holdsOthersThan(known);
    }

    private void remove(Form form) {
        gone.add(form);
        boolean wasElement = form.member().isPresent()
                && removals.element(form.place(), form.member().get());
        boolean wasFormer = form.former().isPresent()
                && removals.element(form.chain(), form.former().get());
        if (!wasElement && !wasFormer) {
            removals.line(form.place(), form.line());
            removals.line(form.chain(), form.line());
        }
    }

    private void add() {
        List<Form> missing = new ArrayList<>();
        List<Form> moving = new ArrayList<>();
        for (Form form : view.forms().of(change.added())) {
            if (!view.has(form)) {
                missing.add(form);
            } else if (isToMove(form)) {
                moving.add(form);
            }
        }
        missing.removeIf(form -> !waiting.isOver(form));
        for (Form form : missing) {
            make(form.chain());
            form.jump().ifPresent(this::make);
        }
        Set<Placing> lines = new LinkedHashSet<>();
        for (Form form : moving) {
            leave(form);
            enter(form, lines);
        }
        for (Form form : missing) {
            enter(form, lines);
            placed.add(form.rule());
        }
        for (Placing placing : RuleOrder.forWriting(lines)) {
            batch.addRule(
                    view.name(placing.chain()),
                    placing.line().body(),
                    view.state(placing.chain()).position(placing.line()));
            written.add(placing);
        }
    }

    /** Takes the rule away from where an earlier version wrote it; its maps' lines go when the maps get new ones. */
    private void leave(Form form) {
        gone.add(form);
        form.former().ifPresent(member -> removals.element(form.chain(), member));
        removals.line(form.chain(), form.line());
    }

    /** The rule's branch, unless somebody has taken its key for another. */
    private Optional<Branch> branch(Form form) {
        boolean isFree = form.branch().isPresent()
                && !view.state(form.chain()).isTaken(form.branch().get().entrance());
        return isFree ? form.branch() : Optional.empty();
    }

    /**
     * Makes the rule an element where it can be one.
     *
     * @param lines where lines are put that have to be written for it
     */
    private void enter(Form form, Set<Placing> lines) {
        if (form.standing().isPresent()) {
            Standing standing = form.standing().get();
            stand(view.forms().of(standing.example()), standing.map(), lines);
        }
        ChainRef place = open(form, lines);
        boolean isElement = form.member().isPresent()
                && !view.state(form.place()).isTaken(form.member().get());
        if (isElement) {
            for (Member part : form.member().get().parts()) {
                stand(form, place, part.map(), lines);
                put(form.place(), part);
            }
        } else if (!view.state(place).has(form.line())) {
            lines.add(new Placing(place, form.line()));
        }
    }

    private void put(ChainRef chain, Member part) {
        if (!view.state(chain).holds(part)) {
            batch.addElement(view.set(chain, part.map()), part.element());
            view.state(chain).map(part.map()).put(part.element());
        }
    }

    /** Makes the rule's branch unless it is there; the chain in which the rule stands. */
    private ChainRef open(Form form, Set<Placing> lines) {
        Optional<Branch> branch = branch(form);
        if (branch.isEmpty()) {
            return form.chain();
        }
        make(branch.get().chain());
        Member entrance = branch.get().entrance();
        stand(form.chain(), form.chain(), entrance.map(), lines);
        put(form.chain(), entrance);
        return branch.get().chain();
    }

    /** Makes the map of such rules unless it is there. */
    private void stand(Form form, MapRule map, Set<Placing> lines) {
        stand(form, open(form, lines), map, lines);
    }

    private void stand(Form form, ChainRef place, MapRule map, Set<Placing> lines) {
        stand(form.place(), place, map, lines);
        if (!place.equals(form.chain())) {
            removals.line(form.chain(), map.lookup());
        }
    }

    /**
     * Makes a map unless it is there.
     *
     * @param home the chain whose map it is, wherever it is looked into
     * @param place the chain in which its line stands
     */
    private void stand(ChainRef home, ChainRef place, MapRule map, Set<Placing> lines) {
        if (!view.state(home).hasMap(map)) {
            batch.addSet(view.set(home, map), map.spec());
            view.state(home).map(map);
        }
        if (!view.state(place).has(map.lookup())) {
            lines.add(new Placing(place, map.lookup()));
        }
    }

    private boolean isToMove(Form form) {
        return view.isToMove(form) && (form.branch().isEmpty() || branch(form).isPresent());
    }

    private void make(ChainRef chain) {
        ChainName name = view.name(chain);
        if (!view.tables().hasTable(chain)) {
            batch.addTable(name.family(), name.table(), view.dialect().tableData());
            view.tables().tableMade(chain);
        }
        if (!view.tables().hasChain(chain)) {
            batch.addChain(name, view.dialect().hook(chain), view.dialect().chainData(chain));
            view.chainMade(chain);
        }
    }
}
