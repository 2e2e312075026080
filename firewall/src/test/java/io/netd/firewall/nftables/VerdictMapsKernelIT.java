package io.netd.firewall.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.firewall.Admission;
import io.netd.firewall.BridgeNetwork;
import io.netd.firewall.Chains;
import io.netd.firewall.Ledger;
import io.netd.firewall.Match;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Owner;
import io.netd.firewall.Ranks;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import io.netd.linux.testing.ThrowawayNamespace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules of many networks, seen by nft. */
class VerdictMapsKernelIT {
    private static final Owner ONE = new Owner("network/1");
    private static final Owner TWO = new Owner("network/2");
    private static final List<Rule> FIRST = network("br1", "10.1.0.0/16");
    private static final List<Rule> SECOND = network("br2", "10.2.0.0/16");
    private static final List<String> SHARED =
            List.of("filter-FORWARD", "filter-NETD-FORWARD", "filter-NETD", "raw-PREROUTING", "nat-POSTROUTING");

    private ThrowawayNamespace host;
    private Ledger ledger;

    @BeforeEach
    void open() {
        host = ThrowawayNamespace.create();
        ledger = Ledger.of(NftablesBackends.ofOwnNamespace(host.namespace()));
        ledger.put(ONE, FIRST);
    }

    @AfterEach
    void close() {
        ledger.close();
        host.close();
    }

    @Test
    void anotherNetworkIsNoRuleMoreForPacketsOfTheFirst() {
        String rules = rules();
        String shared = shared();
        ledger.put(TWO, SECOND);
        assertThat(shared()).isEqualTo(shared);
        assertThat(rules())
                .contains("\"br2\" : jump filter-replies-to-br2", "10.2.0.0 : jump nat-masquerade-of-10.2.0.0/16");
        ledger.remove(TWO);
        assertThat(rules()).isEqualTo(rules);
        ledger.remove(ONE);
        assertThat(rules()).isEmpty();
    }

    @Test
    void networksWithoutTheSameRulesHaveMapsOfTheirOwn() {
        ledger.put(
                TWO,
                NetworkRules.protect(new BridgeNetwork(
                        "br2",
                        List.of(IpPrefix.parse("10.2.0.0/24")),
                        true,
                        false,
                        true,
                        Map.of(),
                        Map.of(),
                        Admission.NONE)));
        assertThat(rules())
                .contains("iifname vmap @filter-internal-from", "oifname vmap @filter-neighbours-to")
                .contains("oifname vmap @filter-neighbours-published-to")
                .contains("elements = { \"br2\" : jump filter-internal-to-br2 }");
        ledger.remove(TWO);
        assertThat(rules()).doesNotContain("internal", "neighbours");
    }

    @Test
    void theWayToANetworksRulesComesBack() {
        String before = rules();
        for (String damage : List.of(
                "delete element ip netd filter-replies-to { br1 }",
                "flush chain ip netd filter-replies-to-br1",
                "delete element ip netd filter-replies-to { br1 }; delete chain ip netd filter-replies-to-br1")) {
            host.sh("nft '" + damage + "'");
            assertThat(ledger.missing(FIRST))
                    .as(damage)
                    .singleElement()
                    .satisfies(rule ->
                            assertThat(rule.line()).contains("-o br1 -m conntrack --ctstate RELATED,ESTABLISHED"));
            assertThat(ledger.repair()).as(damage).hasSize(1);
            assertThat(rules().lines().sorted())
                    .as(damage)
                    .isEqualTo(before.lines().sorted().toList());
            assertThat(ledger.repair()).as(damage).isEmpty();
        }
        ledger.remove(ONE);
        assertThat(rules()).isEmpty();
    }

    @Test
    void aKeyThatLeadsElsewhereIsLeftAlone() {
        host.sh("nft 'add chain ip netd mine; delete element ip netd filter-replies-to { br1 };"
                + " add element ip netd filter-replies-to { br1 : jump mine }'");
        assertThat(ledger.repair()).hasSize(1);
        assertThat(rules())
                .contains("elements = { \"br1\" : jump mine }")
                .containsPattern("chain filter-NETD-FORWARD \\{[^}]*oifname \"br1\" ct state established,related");
        assertThat(ledger.repair()).isEmpty();
        ledger.remove(ONE);
        assertThat(rules()).contains("jump mine").doesNotContain("ct state");
    }

    @Test
    void aPortBesideAKeyThatLeadsElsewhereComesAndGoes() {
        Rule port = port("10.1.0.2");
        host.sh("nft 'add chain ip netd mine; delete element ip netd filter-published-to { br1 };"
                + " add element ip netd filter-published-to { br1 : jump mine }'");
        ledger.put(TWO, List.of(port));
        assertThat(rules()).contains("10.1.0.2 . tcp . 80");
        assertThat(ledger.missing(List.of(port))).isEmpty();
        assertThat(ledger.repair()).doesNotContain(port);
        ledger.remove(TWO);
        assertThat(rules()).contains("jump mine").doesNotContain("10.1.0.2 . tcp . 80");
    }

    @Test
    void leftoversOfANetworkThatComesAgainAreNoObstacle() {
        ledger.close();
        ledger = Ledger.of(NftablesBackends.ofOwnNamespace(host.namespace()));
        ledger.put(TWO, SECOND);
        ledger.put(ONE, FIRST);
        assertThat(ledger.missing(FIRST)).isEmpty();
        assertThat(ledger.missing(SECOND)).isEmpty();
        ledger.remove(ONE);
        assertThat(ledger.missing(SECOND)).isEmpty();
        ledger.remove(TWO);
        assertThat(rules()).doesNotContain("ct state");
    }

    @Test
    void whatHidesContainersIsOneRuleForAllNetworks() {
        Rule one = hidden("10.1.0.2", "br1");
        Rule other = hidden("10.2.0.2", "br2");
        ledger.put(TWO, List.of(one, other));
        assertThat(rules())
                .containsOnlyOnce("ip daddr @raw-hidden ip daddr . iifname != @raw-hidden-but-from counter drop")
                .contains("10.1.0.2 . \"br1\"", "10.2.0.2 . \"br2\"");
        Rule twice = hidden("10.1.0.2", "br2");
        ledger.put(new Owner("third"), List.of(twice));
        assertThat(rules()).contains("ip daddr 10.1.0.2 iifname != \"br2\" counter drop");
        host.sh("nft 'delete element ip netd raw-hidden-but-from { 10.2.0.2 . br2 }'");
        assertThat(ledger.repair()).containsExactly(other);
        assertThat(rules()).doesNotContain("10.2.0.2 iifname").contains("10.2.0.2 . \"br2\"");
        ledger.remove(TWO);
        assertThat(rules()).doesNotContain("raw-hidden").contains("ip daddr 10.1.0.2 iifname != \"br2\"");
        assertThat(ledger.missing(List.of(twice))).isEmpty();
        ledger.remove(new Owner("third"));
        ledger.remove(ONE);
        assertThat(rules()).isEmpty();
    }

    private static Rule port(String address) {
        return Rule.in(IpFamily.IPV4, Table.FILTER, Chains.NETD, Ranks.PUBLISHED)
                .when(
                        new Match.Destination(IpPrefix.host(IpAddress.parse(address))),
                        new Match.InInterface("br1", true),
                        new Match.OutInterface("br1"),
                        new Match.Proto(Protocol.TCP),
                        new Match.DestinationPort(PortRange.of(80)))
                .then(new Target.Accept());
    }

    private static Rule hidden(String address, String bridge) {
        return NetworkRules.directAccessBlock(IpAddress.parse(address), bridge);
    }

    private static List<Rule> network(String bridge, String subnet) {
        return NetworkRules.protect(new BridgeNetwork(bridge, List.of(IpPrefix.parse(subnet)), true));
    }

    /** The listing must be one that nft takes. */
    private String rules() {
        return host.sh("nft -s list ruleset >s; nft -c -f s; cat s; rm s");
    }

    /** The rules that every packet is asked. */
    private String shared() {
        return host.sh("for chain in " + String.join(" ", SHARED) + "; do nft -s -a list chain ip netd $chain; done");
    }
}
