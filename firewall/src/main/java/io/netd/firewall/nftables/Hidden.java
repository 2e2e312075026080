package io.netd.firewall.nftables;

import io.netd.address.IpFamily;
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
import io.netd.netlink.nft.Counter;
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
 * Drops of what is sent to an address by any interface but one, of all networks together: one set has the addresses, one
 * beside it each with its interface, and what the first has and the second has not is dropped. An address with a second
 * interface would be let in by both, where its two rules drop all; the second is a line.
 */
final class Hidden {
    private static final String ADDRESSES = "raw-hidden";
    private static final String WAYS = "raw-hidden-but-from";

    private Hidden() {}

    static Optional<Member> member(Rule rule, KnownMaps maps) {
        boolean isHere = rule.table() == Table.RAW
                && rule.chain().equals(Chains.PREROUTING)
                && rule.rank() == Ranks.FIRST
                && rule.target() instanceof Target.Drop;
        if (!isHere) {
            return Optional.empty();
        }
        Optional<PortKey> key = PortKey.of(rule).filter(found -> found.ports().isEmpty());
        List<Match> others = PortKey.others(rule);
        boolean isAllButOne = others.size() == 1 && others.get(0) instanceof Match.InInterface in && in.negated();
        return isAllButOne
                ? key.flatMap(PortKey::address)
                        .map(address -> member(
                                rule.family(),
                                Data.of(address.bytes()),
                                new Fields()
                                        .address(address)
                                        .name(((Match.InInterface) others.get(0)).name())
                                        .data(),
                                maps))
                : Optional.empty();
    }

    private static Member member(IpFamily family, Data address, Data way, KnownMaps maps) {
        DataType type = family == IpFamily.IPV4 ? DataType.IPV4_ADDR : DataType.IPV6_ADDR;
        List<DataType> one = List.of(type);
        List<DataType> two = List.of(type, DataType.IFNAME);
        MapRule addresses = maps.of(
                family, ADDRESSES, () -> map(family, ADDRESSES, one, "addresses that one interface may bring in"));
        MapRule ways = maps.of(family, WAYS, () -> map(family, WAYS, two, "which one that is"));
        return new Member(
                addresses,
                new NftElement(address, Data.of()),
                Optional.of(new Member(ways, new NftElement(way, Data.of()))));
    }

    private static MapRule map(IpFamily family, String name, List<DataType> key, String comment) {
        return new MapRule(name, new SetSpec(key, List.of(), false, false, comment), line(family), Optional.empty());
    }

    private static Line line(IpFamily family) {
        DataType address = family == IpFamily.IPV4 ? DataType.IPV4_ADDR : DataType.IPV6_ADDR;
        List<Expression> line = new ArrayList<>(Loads.of(family, List.of(address)));
        line.add(new Lookup(ADDRESSES, OptionalInt.empty()));
        line.addAll(Loads.of(family, List.of(address, DataType.IFNAME)));
        line.add(new Lookup(WAYS, OptionalInt.empty(), true));
        line.add(new Counter());
        line.addAll(Verdicts.drop());
        return new Line(Ranks.FIRST, new RuleBody(line, OptionalInt.empty(), Data.of()));
    }
}
