package io.netd.firewall.nft;

import io.netd.address.IpFamily;
import io.netd.firewall.ChainRef;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.NftChain;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.NftRule;
import io.netd.netlink.nft.NftSocket;
import io.netd.netlink.nft.NftTable;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of the kernel's rules at one generation, read as it is needed. Commits are tied to that generation, so
 * nothing here can be stale when it is acted on; after a refused commit a view is thrown away.
 */
final class HostView {
    /** Whether something may be removed by netd: it was made by netd, or lets everything pass when it is empty. */
    private record Known(boolean isOurs) {}

    private final Map<IpFamily, Map<String, Known>> tables = new EnumMap<>(IpFamily.class);
    private final Map<ChainRef, Known> chains = new HashMap<>();
    private final Map<ChainRef, ChainState> states = new HashMap<>();
    private int generation;

    HostView(int generation) {
        this.generation = generation;
    }

    static ChainName name(ChainRef chain) {
        return new ChainName(NftFamily.of(chain.family()), chain.table().toString(), chain.chain());
    }

    int generation() {
        return generation;
    }

    void advanceTo(int next) {
        generation = next;
    }

    /** Reads which tables and chains there are, once for each family. */
    void readFamily(NftSocket socket, IpFamily family) {
        if (tables.containsKey(family)) {
            return;
        }
        Map<String, Known> found = new HashMap<>();
        for (NftTable table : socket.tables(NftFamily.of(family))) {
            found.put(table.name(), new Known(OurMark.isOn(table.userData())));
        }
        tables.put(family, found);
        Map<String, Table> names = Set.of(Table.values()).stream().collect(Collectors.toMap(Table::toString, t -> t));
        for (NftChain chain : socket.chains(NftFamily.of(family))) {
            if (names.containsKey(chain.table())) {
                ChainRef ref = new ChainRef(family, names.get(chain.table()), chain.name());
                chains.put(ref, new Known(chain.accepts() && OurMark.isOn(chain.userData())));
            }
        }
    }

    /** Reads the rules of a chain, once, and recognises {@code candidates} among them. */
    void readChain(NftSocket socket, ChainRef chain, Collection<Rule> candidates) {
        readFamily(socket, chain.family());
        if (states.containsKey(chain)) {
            return;
        }
        ChainState state = new ChainState();
        if (hasChain(chain)) {
            recognise(state, socket.rules(name(chain)), candidates);
        }
        states.put(chain, state);
    }

    private static void recognise(ChainState state, List<NftRule> present, Collection<Rule> candidates) {
        Map<List<Expression>, Deque<Rule>> known = new HashMap<>();
        for (Rule rule : candidates) {
            known.computeIfAbsent(RuleEncoder.encode(rule).expressions(), key -> new ArrayDeque<>())
                    .add(rule);
        }
        for (NftRule rule : present) {
            Deque<Rule> ours = known.getOrDefault(rule.expressions(), new ArrayDeque<>());
            if (ours.isEmpty()) {
                state.countForeign();
            } else {
                state.place(ours.pop(), rule.handle());
            }
        }
    }

    /** Has a chain read again. */
    void forget(ChainRef chain) {
        states.remove(chain);
    }

    ChainState state(ChainRef chain) {
        return states.computeIfAbsent(chain, key -> new ChainState());
    }

    boolean isRead(ChainRef chain) {
        return states.containsKey(chain);
    }

    boolean hasTable(ChainRef chain) {
        return tables.getOrDefault(chain.family(), Map.of())
                .containsKey(chain.table().toString());
    }

    boolean hasChain(ChainRef chain) {
        return chains.containsKey(chain);
    }

    boolean isOurs(ChainRef chain) {
        return hasChain(chain) && chains.get(chain).isOurs();
    }

    boolean isOurTable(ChainRef chain) {
        return hasTable(chain)
                && tables.get(chain.family()).get(chain.table().toString()).isOurs();
    }

    boolean isEmptyTable(ChainRef chain) {
        return chains.keySet().stream()
                .noneMatch(other -> other.family() == chain.family() && other.table() == chain.table());
    }

    void tableMade(ChainRef chain) {
        tables.get(chain.family()).put(chain.table().toString(), new Known(true));
    }

    void chainMade(ChainRef chain) {
        chains.put(chain, new Known(true));
        states.put(chain, new ChainState());
    }

    void tableGone(ChainRef chain) {
        tables.get(chain.family()).remove(chain.table().toString());
    }

    void chainGone(ChainRef chain) {
        chains.remove(chain);
        states.remove(chain);
    }
}
