package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;
import io.netd.firewall.Change;
import io.netd.firewall.Rule;
import io.netd.firewall.Target;
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
    private final Dialect dialect;
    private final Change change;
    private final NftBatch batch;
    private final Removals removals;
    private final Waiting waiting;
    private final List<Rule> placed = new ArrayList<>();
    private final List<Placing> written = new ArrayList<>();
    private final List<Rule> gone = new ArrayList<>();

    private Transaction(HostView view, Change change) {
        this.view = view;
        this.dialect = view.dialect();
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
        if (tidy) {
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
        change.removed().stream().filter(rule -> rule.frameOf().isEmpty()).forEach(this::remove);
        change.removed().stream()
                .filter(rule ->
                        rule.frameOf().filter(chain -> !isUsedByOthers(chain)).isPresent())
                .forEach(this::remove);
    }

    private boolean isUsedByOthers(ChainRef chain) {
        Set<Line> known = Stream.concat(change.after().in(chain).stream(), change.removed().stream())
                .map(dialect::line)
                .collect(Collectors.toSet());
        return view.state(chain).holdsOthersThan(known);
    }

    private void remove(Rule rule) {
        gone.add(rule);
        ChainRef chain = ChainRef.of(rule);
        ChainRef place = dialect.place(rule);
        boolean wasElement = dialect.member(rule)
                .filter(member -> removals.element(place, member))
                .isPresent();
        boolean wasFormer = dialect.former(rule)
                .filter(member -> removals.element(chain, member))
                .isPresent();
        if (!wasElement && !wasFormer) {
            removals.line(place, dialect.line(rule));
            removals.line(chain, dialect.line(rule));
        }
    }

    private void add() {
        List<Rule> missing = new ArrayList<>();
        List<Rule> moving = new ArrayList<>();
        for (Rule rule : change.added()) {
            if (!view.has(rule)) {
                missing.add(rule);
            } else if (isToMove(rule)) {
                moving.add(rule);
            }
        }
        missing.removeIf(rule -> !waiting.isOver(rule));
        for (Rule rule : missing) {
            make(ChainRef.of(rule));
            jumpTarget(rule).ifPresent(this::make);
        }
        Set<Placing> lines = new LinkedHashSet<>();
        for (Rule rule : moving) {
            leave(rule);
            lines.addAll(enter(rule));
        }
        for (Rule rule : missing) {
            lines.addAll(enter(rule));
            placed.add(rule);
        }
        for (Placing placing : RuleOrder.forWriting(List.copyOf(lines))) {
            batch.addRule(
                    view.name(placing.chain()),
                    placing.line().body(),
                    view.state(placing.chain()).position(placing.line()));
            written.add(placing);
        }
    }

    /** Takes the rule away from where an earlier version wrote it; its maps' lines go when the maps get new ones. */
    private void leave(Rule rule) {
        gone.add(rule);
        ChainRef chain = ChainRef.of(rule);
        dialect.former(rule).ifPresent(member -> removals.element(chain, member));
        removals.line(chain, dialect.line(rule));
    }

    /** The rule's branch, unless somebody has taken its key for another. */
    private Optional<Branch> branch(Rule rule) {
        return dialect.branch(rule)
                .filter(found -> !view.state(ChainRef.of(rule)).isTaken(found.entrance()));
    }

    private ChainRef place(Rule rule) {
        return branch(rule).map(Branch::chain).orElseGet(() -> ChainRef.of(rule));
    }

    /** Makes the rule an element where it can be one; the lines that have to be written for it. */
    private List<Placing> enter(Rule rule) {
        List<Placing> lines = new ArrayList<>();
        dialect.standing(rule).ifPresent(found -> lines.addAll(stand(found.example(), found.map())));
        lines.addAll(open(rule));
        ChainRef place = place(rule);
        ChainState state = view.state(place);
        Optional<Member> member = dialect.member(rule).filter(found -> !state.isTaken(found));
        if (member.isPresent()) {
            member.get().parts().forEach(part -> {
                lines.addAll(stand(rule, part.map()));
                put(place, part);
            });
        } else if (!state.has(dialect.line(rule))) {
            lines.add(new Placing(place, dialect.line(rule)));
        }
        return lines;
    }

    private void put(ChainRef chain, Member part) {
        if (!view.state(chain).holds(part)) {
            batch.addElement(view.set(chain, part.map()), part.element());
            view.state(chain).map(part.map()).put(part.element());
        }
    }

    /** Makes the rule's branch unless it is there; the line that has to be written for it. */
    private List<Placing> open(Rule rule) {
        Optional<Branch> branch = branch(rule);
        if (branch.isEmpty()) {
            return List.of();
        }
        ChainRef chain = ChainRef.of(rule);
        make(branch.get().chain());
        Member entrance = branch.get().entrance();
        List<Placing> lines = stand(chain, entrance.map());
        put(chain, entrance);
        return lines;
    }

    /** Makes the map of such rules unless it is there; the lines that have to be written for it. */
    private List<Placing> stand(Rule rule, MapRule map) {
        List<Placing> lines = new ArrayList<>(open(rule));
        ChainRef chain = ChainRef.of(rule);
        ChainRef place = place(rule);
        lines.addAll(stand(place, map));
        if (!place.equals(chain)) {
            removals.line(chain, map.lookup());
        }
        return lines;
    }

    private List<Placing> stand(ChainRef place, MapRule map) {
        ChainState state = view.state(place);
        if (!state.hasMap(map)) {
            batch.addSet(view.set(place, map), map.spec());
            state.map(map);
        }
        return state.has(map.lookup()) ? List.of() : List.of(new Placing(place, map.lookup()));
    }

    private boolean isToMove(Rule rule) {
        return view.isToMove(rule)
                && (dialect.branch(rule).isEmpty() || branch(rule).isPresent());
    }

    private void make(ChainRef chain) {
        ChainName name = view.name(chain);
        if (!view.tables().hasTable(chain)) {
            batch.addTable(name.family(), name.table(), dialect.tableData());
            view.tables().tableMade(chain);
        }
        if (!view.tables().hasChain(chain)) {
            batch.addChain(name, dialect.hook(chain), dialect.chainData(chain));
            view.chainMade(chain);
        }
    }

    static Optional<ChainRef> jumpTarget(Rule rule) {
        return rule.target() instanceof Target.Jump jump
                ? Optional.of(new ChainRef(rule.family(), rule.table(), jump.chain()))
                : Optional.empty();
    }
}
