package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;
import io.netd.firewall.Change;
import io.netd.firewall.Rule;
import io.netd.netlink.nft.NftBatch;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Removes maps, branches, chains and tables that nobody needs any more after a change. */
final class Tidying {
    private final HostView view;
    private final Change change;
    private final NftBatch batch;
    private final Removals removals;

    Tidying(HostView view, Change change, NftBatch batch, Removals removals) {
        this.view = view;
        this.change = change;
        this.batch = batch;
        this.removals = removals;
    }

    /**
     * Looks where rules have gone.
     *
     * @param gone the rules
     * @param busy chains into which the same change writes
     */
    void after(List<Rule> gone, Set<ChainRef> busy) {
        Map<ChainRef, Rule> branches = new LinkedHashMap<>();
        Set<ChainRef> chains = new LinkedHashSet<>();
        for (Rule rule : withExamples(gone)) {
            view.dialect().branch(rule).ifPresent(branch -> branches.put(branch.chain(), rule));
            chains.add(ChainRef.of(rule));
            Transaction.jumpTarget(rule).ifPresent(chains::add);
        }
        branches.forEach((chain, rule) -> branch(chain, rule, busy));
        for (ChainRef chain : chains) {
            maps(chain, chain);
            boolean ours = Chains.isBuiltIn(chain.chain()) ? view.tables().isOurs(chain) : Chains.isMade(chain.chain());
            if (ours && !change.after().needs(chain)) {
                chain(chain);
            }
        }
        chains.stream().filter(chain -> Chains.isMade(chain.chain())).forEach(this::table);
    }

    /** Maps that stand with a rule go where others of their rules are. */
    private Collection<Rule> withExamples(List<Rule> rules) {
        return rules.stream()
                .flatMap(rule ->
                        Stream.concat(Stream.of(rule), view.dialect().standing(rule).map(Standing::example).stream()))
                .toList();
    }

    /** The element goes first: a chain to which one jumps is not deleted. */
    private void branch(ChainRef chain, Rule rule, Set<ChainRef> busy) {
        maps(chain, ChainRef.of(rule));
        if (view.tables().hasChain(chain) && view.state(chain).isEmpty() && !busy.contains(chain)) {
            view.dialect().branch(rule).ifPresent(found -> removals.element(ChainRef.of(rule), found.entrance()));
            chain(chain);
        }
    }

    private void chain(ChainRef chain) {
        if (view.tables().hasChain(chain) && view.state(chain).isEmpty()) {
            batch.deleteChain(view.name(chain));
            view.chainGone(chain);
        }
    }

    /**
     * Empty maps.
     *
     * @param place where they stand
     * @param chain where their lines may stand, too
     */
    private void maps(ChainRef place, ChainRef chain) {
        view.state(place).emptyMaps().stream()
                .filter(map -> map.with().filter(change.after()::contains).isEmpty())
                .forEach(map -> {
                    removals.line(place, map.lookup());
                    removals.line(chain, map.lookup());
                    batch.deleteSet(view.set(place, map));
                    view.state(place).removeMap(map);
                });
    }

    private void table(ChainRef chain) {
        if (view.tables().isOurTable(chain) && view.tables().isEmptyTable(chain)) {
            batch.deleteTable(view.name(chain).family(), view.name(chain).table());
            view.tables().tableGone(chain);
        }
    }
}
