package io.netd.firewall.nftables;

import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;
import io.netd.firewall.Ranks;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.firewall.nft.Branch;
import io.netd.firewall.nft.KnownMaps;
import io.netd.firewall.nft.Line;
import io.netd.firewall.nft.MapRule;
import io.netd.firewall.nft.Member;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.DataType;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Lookup;
import io.netd.netlink.nft.NftElement;
import io.netd.netlink.nft.RuleBody;
import io.netd.netlink.nft.SetSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Rules that there are of each network, in chains of one network each, which a packet reaches through a verdict map of
 * its interface or source.
 *
 * <p>That means the same as if all stood in one chain. A rule keeps all its conditions, and one of them is that of the
 * key: a packet that does not get to the rule would not meet it. All rules of a branch have one rank, and the map's line
 * stands at that rank, so that what comes before and behind stays there; within a rank no order is promised. A rule whose
 * conditions of these kinds are negated has no key, and every packet is asked.
 */
final class Branches {
    /** Rules of one rank in a chain, and what their maps and branches are called. */
    private record Step(Table table, String chain, int rank, String name) {
        boolean isOf(Rule rule) {
            return rule.rank() == rank && rule.table() == table && rule.chain().equals(chain);
        }
    }

    private static final List<Step> STEPS = List.of(
            new Step(Table.FILTER, Chains.NETD_FORWARD, Ranks.REPLIES, "replies"),
            new Step(Table.FILTER, Chains.NETD_FORWARD, Ranks.INTERNAL, "internal"),
            new Step(Table.FILTER, Chains.NETD_FORWARD, Ranks.MARKED, "marked"),
            new Step(Table.FILTER, Chains.NETD_FORWARD, Ranks.INBOUND, "inbound"),
            new Step(Table.FILTER, Chains.NETD_FORWARD, Ranks.PUBLISHED_TO_NEIGHBOURS, "neighbours-published"),
            new Step(Table.FILTER, Chains.NETD_FORWARD, Ranks.NEIGHBOURS, "neighbours"),
            new Step(Table.FILTER, Chains.NETD_FORWARD, Ranks.OUTBOUND, "outbound"),
            new Step(Table.FILTER, Chains.NETD, Ranks.PUBLISHED, "published"),
            new Step(Table.FILTER, Chains.NETD, Ranks.UNPUBLISHED, "unpublished"),
            new Step(Table.RAW, Chains.PREROUTING, Ranks.FIRST, "guard"),
            new Step(Table.NAT, Chains.POSTROUTING, Ranks.ANY, "masquerade"));

    private Branches() {}

    static Optional<Branch> of(Rule rule, KnownMaps maps) {
        for (Step step : STEPS) {
            if (step.isOf(rule)) {
                return BranchKey.of(rule).flatMap(key -> branch(rule, step.name(), key, maps));
            }
        }
        return Optional.empty();
    }

    private static Optional<Branch> branch(Rule rule, String step, BranchKey key, KnownMaps maps) {
        ChainRef chain = new ChainRef(rule.family(), rule.table(), step + "-" + key.place());
        String name = NftablesDialect.chainName(chain.table(), chain.chain());
        if (!SetNames.isReadable(name)) {
            return Optional.empty();
        }
        String set = rule.table() + "-" + step + "-" + key.kind();
        MapRule map = maps.of(rule.family(), set, () -> map(rule, set, key));
        return Optional.of(new Branch(new Member(map, NftElement.jump(key.value(), name)), chain));
    }

    private static MapRule map(Rule rule, String name, BranchKey key) {
        List<Expression> line = new ArrayList<>(key.loads());
        line.add(Lookup.verdict(name));
        return new MapRule(
                name,
                new SetSpec(List.of(key.type()), List.of(DataType.VERDICT), false, false, key.comment()),
                new Line(rule.rank(), new RuleBody(line, OptionalInt.empty(), Data.of())),
                Optional.empty());
    }
}
