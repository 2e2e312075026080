package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;
import io.netd.firewall.Change;
import io.netd.netlink.nft.NftBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
     * @param gone the rules' forms
     * @param busy chains into which the same change writes
     */
    void after(List<Form> gone, Set<ChainRef> busy) {
        Map<ChainRef, Form> branches = new LinkedHashMap<>();
        Set<ChainRef> chains = new LinkedHashSet<>();
        for (Form form : withExamples(gone)) {
            form.branch().ifPresent(branch -> branches.put(branch.chain(), form));
            chains.add(form.chain());
            form.jump().ifPresent(chains::add);
        }
        branches.forEach((chain, form) -> branch(chain, form, busy));
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
    private List<Form> withExamples(List<Form> forms) {
        List<Form> all = new ArrayList<>();
        for (Form form : forms) {
            all.add(form);
            form.standing().ifPresent(standing -> all.add(view.forms().of(standing.example())));
        }
        return all;
    }

    /** The element goes first: a chain to which one jumps is not deleted. */
    private void branch(ChainRef chain, Form form, Set<ChainRef> busy) {
        maps(chain, form.chain());
        if (view.tables().hasChain(chain) && view.state(chain).isEmpty() && !busy.contains(chain)) {
            form.branch().ifPresent(found -> removals.element(form.chain(), found.entrance()));
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
        for (MapRule map : view.state(place).emptyMaps()) {
            if (map.with().filter(change.after()::contains).isEmpty()) {
                removals.line(place, map.lookup());
                removals.line(chain, map.lookup());
                batch.deleteSet(view.set(place, map));
                view.state(place).removeMap(map);
            }
        }
    }

    private void table(ChainRef chain) {
        if (view.tables().isOurTable(chain) && view.tables().isEmptyTable(chain)) {
            batch.deleteTable(view.name(chain).family(), view.name(chain).table());
            view.tables().tableGone(chain);
        }
    }
}
