package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;
import io.netd.firewall.Rule;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Counter;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Immediate;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.NftRule;
import io.netd.netlink.nft.NftSocket;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a chain and the branches of its rules, and recognises netd's lines and elements there. */
final class ChainReader {
    /** What may stand in one chain of the kernel. */
    private static final class Possible {
        private final Set<MapRule> maps = new LinkedHashSet<>();
        private final Set<Line> lines = new LinkedHashSet<>();
        /** Where rules of branches stood before there were branches; only what no other line is can be one of them. */
        private final Set<Line> former = new LinkedHashSet<>();

        void add(MapRule map) {
            maps.add(map);
            lines.add(map.lookup());
        }

        Set<Line> all() {
            Set<Line> all = new LinkedHashSet<>(lines);
            all.addAll(former);
            return all;
        }
    }

    private final HostView view;
    private final Dialect dialect;
    private final ChainRef chain;
    private final Map<ChainRef, Possible> places = new LinkedHashMap<>();

    /**
     * Prepares reading.
     *
     * @param candidates rules that may stand there
     * @param added rules to come, whose maps may be there already
     */
    ChainReader(HostView view, ChainRef chain, Collection<Rule> candidates, Collection<Rule> added) {
        this.view = view;
        this.dialect = view.dialect();
        this.chain = chain;
        dialect.standingIn(chain).ifPresent(at(chain)::add);
        view.forms().of(added).forEach(this::expectMaps);
        for (Form form : view.forms().of(candidates)) {
            expectMaps(form);
            at(form.place()).lines.add(form.line());
            at(chain).former.add(form.line());
        }
    }

    private Possible at(ChainRef place) {
        return places.computeIfAbsent(place, key -> new Possible());
    }

    private void expectMaps(Form form) {
        form.member().ifPresent(member -> member.parts().forEach(part -> expect(form, part.map())));
        form.former().ifPresent(member -> at(chain).add(member.map()));
        expectBranch(form);
        form.standing().filter(standing -> standing.chain().equals(chain)).ifPresent(standing -> {
            Form example = view.forms().of(standing.example());
            expect(example, standing.map());
            expectBranch(example);
        });
    }

    private void expect(Form form, MapRule map) {
        at(form.place()).add(map);
        at(chain).former.add(map.lookup());
    }

    private void expectBranch(Form form) {
        form.branch().ifPresent(branch -> at(chain).add(branch.entrance().map()));
    }

    /** Asks the kernel. */
    Map<ChainRef, ChainState> read(NftSocket socket) {
        Map<ChainRef, ChainState> states = new HashMap<>();
        boolean hasMaps = places.values().stream().anyMatch(possible -> !possible.maps.isEmpty());
        ChainName name = view.name(chain);
        Set<String> sets = hasMaps && view.tables().hasTable(chain)
                ? Set.copyOf(socket.sets(name.family(), name.table()))
                : Set.of();
        places.forEach((place, possible) -> {
            ChainState state = new ChainState();
            possible.maps.stream().filter(map -> sets.contains(map.name())).forEach(map -> {
                MapState elements = state.map(map);
                socket.elements(view.set(place, map)).forEach(elements::put);
            });
            if (view.tables().hasChain(place)) {
                recognise(place, state, socket.rules(view.name(place)), possible.all());
            }
            states.put(place, state);
        });
        return states;
    }

    private void recognise(ChainRef place, ChainState state, List<NftRule> present, Set<Line> lines) {
        Map<List<Expression>, Deque<Line>> known = new HashMap<>();
        if (!present.isEmpty()) {
            lines.forEach(line -> known.computeIfAbsent(
                            dialect.normalized(line.body().expressions()), key -> new ArrayDeque<>())
                    .add(line));
        }
        boolean isHook = Chains.isHook(place.chain());
        for (NftRule rule : present) {
            Deque<Line> ours = known.getOrDefault(dialect.normalized(rule.expressions()), new ArrayDeque<>());
            if (ours.isEmpty()) {
                state.countForeign();
                if (isHook) {
                    state.follow(rule.handle(), isReturn(rule));
                }
            } else if (isHook) {
                state.follow(ours.pop(), rule.handle());
            } else {
                state.place(ours.pop(), rule.handle());
            }
        }
    }

    /** As Docker, until its release 28, ended its users' chain. */
    private static boolean isReturn(NftRule rule) {
        List<Expression> rest = rule.expressions().stream()
                .filter(expression -> !(expression instanceof Counter))
                .toList();
        return rest.equals(List.of(Immediate.verdict(NfTables.NFT_RETURN)));
    }
}
