package io.netd.firewall.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.firewall.BridgeNetwork;
import io.netd.firewall.Chains;
import io.netd.firewall.CtState;
import io.netd.firewall.Match;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.PublishedPorts;
import io.netd.firewall.Ranks;
import io.netd.firewall.Rule;
import io.netd.firewall.SampleRules;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import io.netd.firewall.nft.Branch;
import io.netd.firewall.nft.Dialect;
import io.netd.firewall.nft.KnownMaps;
import io.netd.firewall.nft.Member;
import io.netd.firewall.nft.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownMapsTest {
    private static final Dialect DIALECT = new NftablesDialect();

    private record Forms(
            Optional<Branch> branch, Optional<Member> member, Optional<Member> former, Optional<Standing> standing) {
        static Forms of(Rule rule, KnownMaps maps) {
            return new Forms(
                    DIALECT.branch(rule, maps),
                    DIALECT.member(rule, maps),
                    DIALECT.former(rule, maps),
                    DIALECT.standing(rule, maps));
        }
    }

    /** Also of bridges whose names are like parts of the names of sets. */
    @Test
    void aMapThatIsKnownIsTheOneThatWouldBeMade() {
        KnownMaps known = new KnownMaps();
        for (Rule rule : rules()) {
            assertThat(Forms.of(rule, known)).as(rule.toString()).isEqualTo(Forms.of(rule, new KnownMaps()));
        }
    }

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(SampleRules.all());
        for (String bridge : List.of("a", "a-out-a", "a-ranges", "a-address", "a-translated", "to", "of-16")) {
            for (String subnet : List.of("10.1.0.0/16", "10.1.2.0/24", "fd00::/64", "fd00:1::/64")) {
                IpPrefix prefix = IpPrefix.parse(subnet);
                rules.addAll(NetworkRules.protect(new BridgeNetwork(bridge, List.of(prefix), true)));
                rules.add(NetworkRules.masqueradeOf(prefix));
                rules.addAll(NetworkRules.directAccessBlock(prefix, bridge, List.of()));
                rules.addAll(NetworkRules.directAccessBlock(prefix, bridge, List.of("a")));
                rules.add(PublishedPorts.entrance(prefix.family()));
                rules.addAll(ports(bridge, IpPrefix.host(prefix.address()), "80"));
                rules.addAll(ports(bridge, IpPrefix.host(prefix.address()), "80-82"));
            }
            rules.add(NetworkRules.loopbackGuard(bridge));
        }
        return rules;
    }

    private static List<Rule> ports(String bridge, IpPrefix container, String ports) {
        IpFamily family = container.family();
        Match to = new Match.Destination(container);
        Match out = new Match.OutInterface(bridge);
        Match[] port = {new Match.Proto(Protocol.TCP), new Match.DestinationPort(PortRange.parse(ports))};
        Target accept = new Target.Accept();
        Target there = new Target.Dnat(IpAddress.any(family), Optional.of(PortRange.parse(ports)));
        return List.of(
                Rule.in(family, Table.FILTER, Chains.NETD, Ranks.PUBLISHED)
                        .when(port)
                        .when(to, new Match.InInterface(bridge, true), out)
                        .then(accept),
                Rule.in(family, Table.NAT, Chains.NETD, Ranks.PUBLISHED)
                        .when(port)
                        .then(there),
                Rule.in(family, Table.NAT, Chains.NETD, Ranks.PUBLISHED)
                        .when(port)
                        .when(to)
                        .then(there),
                Rule.in(family, Table.RAW, Chains.PREROUTING, Ranks.FIRST)
                        .when(port)
                        .when(to, new Match.InInterface("lo", true))
                        .then(new Target.Drop()),
                Rule.in(family, Table.NAT, Chains.POSTROUTING, Ranks.ANY)
                        .when(to, out, new Match.CtStates(CtState.DNAT))
                        .then(new Target.Masquerade()));
    }
}
