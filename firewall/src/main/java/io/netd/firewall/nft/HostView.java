package io.netd.firewall.nft;

import io.netd.address.IpFamily;
import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;
import io.netd.firewall.Rule;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.NftChain;
import io.netd.netlink.nft.NftEvent;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.NftSocket;
import io.netd.netlink.nft.NftTable;
import io.netd.netlink.nft.NftTransaction;
import io.netd.netlink.nft.SetName;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the kernel's rules at one generation, read as it is needed. Commits are tied to that generation, so
 * nothing here can be stale when it is acted on; after a refused commit a view is thrown away.
 */
final class HostView {
    /** Whether something may be removed by netd: it was made by netd, or lets everything pass when it is empty. */
    private record Known(boolean isOurs) {}

    private static final ChainState NOTHING = new ChainState();

    private final Dialect dialect;
    private final Map<IpFamily, Map<String, Known>> tables = new EnumMap<>(IpFamily.class);
    private final Map<ChainRef, Known> chains = new HashMap<>();
    private final Map<ChainRef, ChainState> states = new HashMap<>();
    private int generation;

    HostView(Dialect dialect, int generation) {
        this.dialect = dialect;
        this.generation = generation;
    }

    Dialect dialect() {
        return dialect;
    }

    ChainName name(ChainRef chain) {
        return dialect.name(chain);
    }

    int generation() {
        return generation;
    }

    void advanceTo(int next) {
        generation = next;
    }

    /**
     * Takes over what others have committed.
     *
     * @return false when this is not enough to know the rules again
     */
    boolean follow(List<NftTransaction> changes) {
        for (NftTransaction change : changes) {
            // What was read already may be told again. Numbers may wrap.
            if (change.generation() - generation > 0) {
                if (!change.events().stream().allMatch(this::follow)) {
                    return false;
                }
                generation = change.generation();
            }
        }
        return true;
    }

    private boolean follow(NftEvent event) {
        if (event instanceof NftEvent.TableMade made) {
            ofFamily(made.family()).ifPresent(found -> found.put(made.table().name(), known(made.table())));
        } else if (event instanceof NftEvent.TableGone gone) {
            ofFamily(gone.family()).ifPresent(found -> found.remove(gone.table()));
        } else if (event instanceof NftEvent.ChainMade made) {
            NftChain chain = made.chain();
            chain(made.family(), chain.table(), chain.name()).ifPresent(ref -> chains.put(ref, known(chain)));
        } else if (event instanceof NftEvent.ChainGone gone) {
            chain(gone.chain()).ifPresent(this::chainGone);
        } else if (event instanceof NftEvent.RuleMade made) {
            chain(made.chain()).filter(this::isRead).ifPresent(this::joined);
        } else if (event instanceof NftEvent.RuleGone gone) {
            return chain(gone.chain())
                    .filter(this::isRead)
                    .map(ref -> state(ref).lose(gone.handle()))
                    .orElse(true);
        } else if (event instanceof NftEvent.ChainRenamed renamed) {
            return ofFamily(renamed.family()).isEmpty();
        } else if (event instanceof NftEvent.SetsChanged changed) {
            return states.keySet().stream().map(this::name).noneMatch(changed::isBeside);
        }
        return true;
    }

    /** In the hooks of others it matters where the new rule stands, of which the event does not tell. */
    private void joined(ChainRef chain) {
        if (Chains.isHook(chain.chain())) {
            forget(chain);
        } else {
            state(chain).countForeign();
        }
    }

    private Optional<Map<String, Known>> ofFamily(NftFamily family) {
        return family.addresses().map(tables::get);
    }

    private Optional<ChainRef> chain(ChainName name) {
        return chain(name.family(), name.table(), name.chain());
    }

    private Optional<ChainRef> chain(NftFamily family, String table, String name) {
        return family.addresses()
                .filter(tables::containsKey)
                .flatMap(addresses -> dialect.chain(addresses, table, name));
    }

    private Known known(NftTable table) {
        return new Known(dialect.isOurs(table.userData()));
    }

    private Known known(NftChain chain) {
        return new Known(chain.accepts() && dialect.isOurs(chain.userData()));
    }

    /** Reads which tables and chains there are, once for each family. */
    void readFamily(NftSocket socket, IpFamily family) {
        if (tables.containsKey(family)) {
            return;
        }
        Map<String, Known> found = new HashMap<>();
        for (NftTable table : socket.tables(NftFamily.of(family))) {
            found.put(table.name(), known(table));
        }
        tables.put(family, found);
        for (NftChain chain : socket.chains(NftFamily.of(family))) {
            dialect.chain(family, chain.table(), chain.name()).ifPresent(ref -> chains.put(ref, known(chain)));
        }
    }

    /**
     * Reads the rules of a chain, those in its branches included, once, and recognises {@code candidates} among them.
     *
     * @param added rules to come, whose maps may be there already
     */
    void readChain(NftSocket socket, ChainRef chain, Collection<Rule> candidates, Collection<Rule> added) {
        readFamily(socket, chain.family());
        if (!states.containsKey(chain)) {
            states.putAll(new ChainReader(this, chain, candidates, added).read(socket));
        }
    }

    SetName set(ChainRef chain, MapRule map) {
        ChainName name = name(chain);
        return new SetName(name.family(), name.table(), map.name());
    }

    /** Whether the kernel does what the rule says, in whichever form. */
    boolean has(Rule rule) {
        return isInPlace(rule) || isElsewhere(rule);
    }

    private boolean isInPlace(Rule rule) {
        ChainState state = seen(dialect.place(rule));
        boolean isReached = dialect.branch(rule)
                .map(branch -> seen(ChainRef.of(rule)).has(branch.entrance()))
                .orElse(true);
        return isReached
                && (isLine(state, rule)
                        || dialect.member(rule).filter(state::has).isPresent());
    }

    private boolean isLine(ChainState state, Rule rule) {
        return state.hasRank(rule.rank()) && state.isInPlace(dialect.line(rule));
    }

    /** Whether others' rules came behind it, or it stands where every packet is asked, as netd's earlier versions wrote it. */
    private boolean isElsewhere(Rule rule) {
        ChainState state = seen(ChainRef.of(rule));
        if (state.hasOvertaken() && state.has(dialect.line(rule))) {
            return true;
        }
        if (dialect.former(rule).filter(state::has).isPresent()) {
            return true;
        }
        return dialect.branch(rule).isPresent()
                && (isLine(state, rule)
                        || dialect.member(rule)
                                .filter(member -> state.has(member.map().lookup()))
                                .filter(member -> member.parts().allMatch(seen(dialect.place(rule))::holds))
                                .isPresent());
    }

    /** Whether a rule is there, but not in its place. */
    boolean isToMove(Rule rule) {
        return isElsewhere(rule) && !isInPlace(rule);
    }

    /** Whether the rule may be one of those that were not recognised when its chain was read. */
    boolean mayHide(Rule rule) {
        boolean hasForeign = seen(ChainRef.of(rule)).hasForeign()
                || seen(dialect.place(rule)).hasForeign();
        return hasForeign && !has(rule);
    }

    /** Has a chain read again. */
    void forget(ChainRef chain) {
        states.remove(chain);
    }

    ChainState state(ChainRef chain) {
        return states.computeIfAbsent(chain, key -> new ChainState());
    }

    private ChainState seen(ChainRef chain) {
        return states.getOrDefault(chain, NOTHING);
    }

    boolean isRead(ChainRef chain) {
        return states.containsKey(chain);
    }

    /** Whether all that may be there of the rule has been read. */
    boolean isRead(Rule rule) {
        ChainRef place = dialect.place(rule);
        return isRead(ChainRef.of(rule)) && (isRead(place) || !hasChain(place));
    }

    boolean hasTable(ChainRef chain) {
        return tables.getOrDefault(chain.family(), Map.of())
                .containsKey(name(chain).table());
    }

    boolean hasChain(ChainRef chain) {
        return chains.containsKey(chain);
    }

    boolean isOurs(ChainRef chain) {
        return hasChain(chain) && chains.get(chain).isOurs();
    }

    boolean isOurTable(ChainRef chain) {
        return hasTable(chain)
                && tables.get(chain.family()).get(name(chain).table()).isOurs();
    }

    boolean isEmptyTable(ChainRef chain) {
        String table = name(chain).table();
        return chains.keySet().stream()
                .noneMatch(other ->
                        other.family() == chain.family() && name(other).table().equals(table));
    }

    void tableMade(ChainRef chain) {
        tables.get(chain.family()).put(name(chain).table(), new Known(true));
    }

    void chainMade(ChainRef chain) {
        chains.put(chain, new Known(true));
        state(chain);
    }

    void tableGone(ChainRef chain) {
        tables.get(chain.family()).remove(name(chain).table());
    }

    void chainGone(ChainRef chain) {
        chains.remove(chain);
        states.remove(chain);
    }
}
