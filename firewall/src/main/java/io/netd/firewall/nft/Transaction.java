package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;
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
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One change as one batch. Building it already moves the view on: if the kernel refuses, view and batch are waste. */
final class Transaction {
    private final HostView view;
    private final Dialect dialect;
    private final Change change;
    private final NftBatch batch;
    private final List<Rule> placed = new ArrayList<>();
    private final List<Placing> written = new ArrayList<>();
    private final List<Rule> gone = new ArrayList<>();

    private Transaction(HostView view, Change change) {
        this.view = view;
        this.dialect = view.dialect();
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
        Optional<Member> member = dialect.member(rule).filter(found -> isIn(chain, found));
        if (member.isPresent()) {
            MapRule map = member.get().map();
            batch.deleteElement(view.set(chain, map), member.get().element());
            view.state(chain).map(map).remove(member.get().element());
        } else {
            remove(chain, dialect.line(rule));
        }
    }

    private boolean isIn(ChainRef chain, Member member) {
        ChainState state = view.state(chain);
        return state.hasMap(member.map()) && state.map(member.map()).has(member.element());
    }

    private void remove(ChainRef chain, Line line) {
        OptionalLong handle = view.state(chain).handle(line);
        if (handle.isPresent()) {
            batch.deleteRule(view.name(chain), handle.getAsLong());
            view.state(chain).remove(line);
        }
    }

    private void add() {
        List<Rule> missing = change.added().stream().filter(this::isToBeAdded).toList();
        for (Rule rule : missing) {
            make(ChainRef.of(rule));
            jumpTarget(rule).ifPresent(this::make);
        }
        Set<Placing> lines = new LinkedHashSet<>();
        for (Rule rule : missing) {
            dialect.standing(rule).ifPresent(found -> lines.addAll(stand(found.chain(), found.map())));
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

    /** Makes the rule an element where it can be one; the lines that have to be written for it. */
    private List<Placing> enter(Rule rule) {
        ChainRef chain = ChainRef.of(rule);
        ChainState state = view.state(chain);
        Optional<Member> member = dialect.member(rule)
                .filter(found ->
                        !state.hasMap(found.map()) || !state.map(found.map()).isTaken(found.element()));
        if (member.isEmpty()) {
            return List.of(new Placing(chain, dialect.line(rule)));
        }
        MapRule map = member.get().map();
        List<Placing> lines = stand(chain, map);
        batch.addElement(view.set(chain, map), member.get().element());
        state.map(map).put(member.get().element());
        return lines;
    }

    /** Makes the map unless it is there; the line that has to be written for it. */
    private List<Placing> stand(ChainRef chain, MapRule map) {
        ChainState state = view.state(chain);
        if (!state.hasMap(map)) {
            batch.addSet(view.set(chain, map), map.spec());
            state.map(map);
        }
        return state.has(map.lookup()) ? List.of() : List.of(new Placing(chain, map.lookup()));
    }

    private boolean isToBeAdded(Rule rule) {
        boolean canJump = jumpTarget(rule)
                .map(chain -> Chains.isMade(chain.chain()) || view.hasChain(chain))
                .orElse(true);
        return canJump && !view.has(rule);
    }

    private void make(ChainRef chain) {
        ChainName name = view.name(chain);
        if (!view.hasTable(chain)) {
            batch.addTable(name.family(), name.table(), dialect.tableData());
            view.tableMade(chain);
        }
        if (!view.hasChain(chain)) {
            batch.addChain(name, dialect.hook(chain), dialect.chainData(chain));
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
            view.state(chain).emptyMaps().stream()
                    .filter(map -> map.with().filter(change.after()::contains).isEmpty())
                    .forEach(map -> tidyMap(chain, map));
            boolean ours = Chains.isBuiltIn(chain.chain()) ? view.isOurs(chain) : Chains.isMade(chain.chain());
            boolean unneeded = !change.after().needs(chain) && view.state(chain).isEmpty();
            if (view.hasChain(chain) && ours && unneeded) {
                batch.deleteChain(view.name(chain));
                view.chainGone(chain);
            }
        }
        touched.forEach(this::tidyTable);
    }

    private void tidyMap(ChainRef chain, MapRule map) {
        remove(chain, map.lookup());
        batch.deleteSet(view.set(chain, map));
        view.state(chain).removeMap(map);
    }

    private void tidyTable(ChainRef chain) {
        if (view.isOurTable(chain) && view.isEmptyTable(chain)) {
            batch.deleteTable(view.name(chain).family(), view.name(chain).table());
            view.tableGone(chain);
        }
    }

    static Optional<ChainRef> jumpTarget(Rule rule) {
        return rule.target() instanceof Target.Jump jump
                ? Optional.of(new ChainRef(rule.family(), rule.table(), jump.chain()))
                : Optional.empty();
    }
}
