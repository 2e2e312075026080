package io.netd.firewall.nftables;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.firewall.Chains;
import io.netd.firewall.Match;
import io.netd.firewall.Ranks;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import io.netd.firewall.nft.KnownMaps;
import io.netd.firewall.nft.Line;
import io.netd.firewall.nft.MapRule;
import io.netd.firewall.nft.Member;
import io.netd.firewall.nft.Standing;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.DataType;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Lookup;
import io.netd.netlink.nft.RuleBody;
import io.netd.netlink.nft.SetSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Rules that differ in a destination's address and port only, as elements of one set: published ports, containers' own
 * addresses. What they have in common is the set's line. Single ports are in a hash table, ranges in a set of intervals
 * beside it.
 */
final class Gathered {
    private Gathered() {}

    static Optional<Member> member(Rule rule, KnownMaps maps) {
        Optional<String> comment = place(rule);
        Optional<PortKey> found = comment.isPresent() ? PortKey.of(rule) : Optional.empty();
        if (found.isEmpty() || found.get().address().isEmpty()) {
            return Optional.empty();
        }
        PortKey key = found.get();
        List<Match> common = PortKey.others(rule);
        return SetNames.of(rule, common, key).map(name -> {
            MapRule map = maps.of(rule.family(), name, () -> map(rule, name, key, common, comment.get()));
            return new Member(map, key.element(Data.of()));
        });
    }

    /** Where there may be many of them; what the set's comment says. */
    private static Optional<String> place(Rule rule) {
        if (rule.table() == Table.FILTER && rule.chain().equals(Chains.NETD) && rule.rank() == Ranks.PUBLISHED) {
            return Optional.of("published ports of containers");
        } else if (rule.table() == Table.RAW && rule.chain().equals(Chains.PREROUTING) && rule.rank() == Ranks.FIRST) {
            return Optional.of("what only a certain interface may bring in");
        }
        boolean isMasquerade =
                rule.table() == Table.NAT && rule.chain().equals(Chains.POSTROUTING) && rule.rank() == Ranks.ANY;
        return isMasquerade ? Optional.of("published ports that see the host's address") : Optional.empty();
    }

    private static MapRule map(Rule rule, String name, PortKey key, List<Match> common, String comment) {
        List<DataType> fields = key.fields(rule.family());
        List<Expression> line = new ArrayList<>(NativeRule.conditions(rule.family(), common));
        line.addAll(Loads.of(rule.family(), fields));
        line.add(new Lookup(name, OptionalInt.empty()));
        line.addAll(Verdicts.of(rule));
        return new MapRule(
                name,
                new SetSpec(fields, List.of(), key.isRange(), true, comment),
                new Line(rule.rank(), new RuleBody(line, OptionalInt.empty(), Data.of())),
                rule.table() == Table.FILTER && !key.isRange() ? Optional.of(drop(rule, common)) : Optional.empty());
    }

    /** What is dropped unless it is among the accepted. */
    private static Rule drop(Rule acceptance, List<Match> common) {
        return Rule.in(acceptance.family(), Table.FILTER, Chains.NETD, Ranks.UNPUBLISHED)
                .when(common.toArray(Match[]::new))
                .then(new Target.Drop());
    }

    /** The set of single ports that are spared from a drop; nothing for any other rule. */
    static Optional<Standing> standing(Rule drop, KnownMaps maps) {
        IpFamily family = drop.family();
        boolean isDrop = drop.table() == Table.FILTER
                && drop.chain().equals(Chains.NETD)
                && drop.rank() == Ranks.UNPUBLISHED
                && PortKey.of(drop).isEmpty();
        if (!isDrop) {
            return Optional.empty();
        }
        Rule example = Rule.in(family, Table.FILTER, Chains.NETD, Ranks.PUBLISHED)
                .when(drop.matches().toArray(Match[]::new))
                .when(
                        new Match.Destination(IpPrefix.host(IpAddress.any(family))),
                        new Match.Proto(Protocol.TCP),
                        new Match.DestinationPort(PortRange.of(1)))
                .then(new Target.Accept());
        return member(example, maps)
                .map(Member::map)
                .filter(map -> map.with().equals(Optional.of(drop)))
                .map(map -> new Standing(example, map));
    }
}
