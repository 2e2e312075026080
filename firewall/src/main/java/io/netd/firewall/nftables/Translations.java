package io.netd.firewall.nftables;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.firewall.Chains;
import io.netd.firewall.Match;
import io.netd.firewall.PublishedPorts;
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
import io.netd.netlink.nft.Nat;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.RuleBody;
import io.netd.netlink.nft.SetSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Translations of published ports as elements of maps: hash tables for single ports, intervals for ranges, which keep
 * their ports. A port goes before a range, one address before all.
 */
final class Translations {
    private Translations() {}

    static Optional<Member> member(Rule rule, KnownMaps maps) {
        boolean isPublished = rule.table() == Table.NAT
                && rule.chain().equals(Chains.NETD)
                && rule.rank() == Ranks.PUBLISHED
                && PortKey.others(rule).isEmpty();
        if (!isPublished || !(rule.target() instanceof Target.Dnat dnat)) {
            return Optional.empty();
        }
        Optional<PortKey> key = PortKey.of(rule);
        return key.isPresent() && key.get().ports().isPresent()
                ? member(rule.family(), key.get(), key.get().ports().get(), dnat, maps)
                : Optional.empty();
    }

    private static Optional<Member> member(
            IpFamily family, PortKey key, PortRange ports, Target.Dnat dnat, KnownMaps maps) {
        Fields value = new Fields().address(dnat.address());
        boolean isOneToOne =
                ports.size() == 1 && dnat.ports().filter(to -> to.size() == 1).isPresent();
        if (isOneToOne) {
            value.port(dnat.ports().get().first());
        } else if (dnat.ports().isPresent() && !dnat.ports().get().equals(ports)) {
            return Optional.empty();
        }
        boolean hasAddress = key.address().isPresent();
        MapRule map = maps.of(family, name(!isOneToOne, hasAddress), () -> map(family, !isOneToOne, hasAddress));
        return Optional.of(new Member(map, key.element(value.data())));
    }

    /** The map of single ports on all addresses. */
    static MapRule ports(IpFamily family) {
        return map(family, false, false);
    }

    /** The map of single ports on all addresses, which stands with the way into its chain. */
    static Standing standing(IpFamily family, KnownMaps maps) {
        Rule example = Rule.in(family, Table.NAT, Chains.NETD, Ranks.PUBLISHED)
                .when(new Match.Proto(Protocol.TCP), new Match.DestinationPort(PortRange.of(1)))
                .then(new Target.Dnat(IpAddress.any(family), 1));
        return new Standing(example, maps.of(family, name(false, false), () -> ports(family)));
    }

    private static String name(boolean ranges, boolean hasAddress) {
        if (hasAddress) {
            return ranges ? "ranges-by-address" : "ports-by-address";
        }
        return ranges ? "ranges" : "ports";
    }

    private static MapRule map(IpFamily family, boolean ranges, boolean hasAddress) {
        DataType address = family == IpFamily.IPV4 ? DataType.IPV4_ADDR : DataType.IPV6_ADDR;
        List<DataType> key = hasAddress
                ? List.of(address, DataType.INET_PROTO, DataType.INET_SERVICE)
                : List.of(DataType.INET_PROTO, DataType.INET_SERVICE);
        List<DataType> value = ranges ? List.of(address) : List.of(address, DataType.INET_SERVICE);
        String name = name(ranges, hasAddress);
        String comment =
                (ranges ? "port ranges" : "ports") + " published on " + (hasAddress ? "one address" : "all addresses");
        int to = ranges ? 0 : DataType.register(address.padded());
        List<Expression> line = new ArrayList<>(Loads.of(family, key));
        line.add(new Lookup(name, OptionalInt.of(NfTables.NFT_REG_1)));
        line.add(new Nat(false, NftFamily.of(family), NfTables.NFT_REG_1, to, to));
        return new MapRule(
                name,
                new SetSpec(key, value, ranges, true, comment),
                new Line(rank(ranges, hasAddress), new RuleBody(line, OptionalInt.empty(), Data.of())),
                ranges || hasAddress ? Optional.empty() : Optional.of(PublishedPorts.entrance(family)));
    }

    /** Right before the rules that are no elements. */
    private static int rank(boolean ranges, boolean hasAddress) {
        return Ranks.PUBLISHED - (ranges ? 2 : 4) + (hasAddress ? 0 : 1);
    }
}
