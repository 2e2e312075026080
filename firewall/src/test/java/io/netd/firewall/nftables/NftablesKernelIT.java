package io.netd.firewall.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.firewall.Chains;
import io.netd.firewall.LedgerContract;
import io.netd.firewall.Match;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.PublishedPorts;
import io.netd.firewall.Ranks;
import io.netd.firewall.Rule;
import io.netd.firewall.SampleRules;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules in tables of netd's own, seen by nft. */
class NftablesKernelIT extends LedgerContract {
    NftablesKernelIT() {
        super(new NftEyes());
    }

    @Override
    protected String snapshot() {
        return host.sh("nft list ruleset");
    }

    @Test
    void aNetworkReadsAsAPersonWouldWriteIt() {
        ledger.put(ONE, NetworkRules.protect(NETWORK));
        assertThat(saved()).isEqualTo("""
                table ip netd {
                \tcomment "container networks: netd writes here; your own rules go into filter-NETD-USER"
                \tmap filter-replies-to {
                \t\ttype ifname : verdict
                \t\tcomment "by the interface they go out by"
                \t\telements = { "docker0" : jump filter-replies-to-docker0 }
                \t}

                \tmap filter-inbound-to {
                \t\ttype ifname : verdict
                \t\tcomment "by the interface they go out by"
                \t\telements = { "docker0" : jump filter-inbound-to-docker0 }
                \t}

                \tmap filter-outbound-from {
                \t\ttype ifname : verdict
                \t\tcomment "by the interface they came in by"
                \t\telements = { "docker0" : jump filter-outbound-from-docker0 }
                \t}

                \tmap filter-published-to {
                \t\ttype ifname : verdict
                \t\tcomment "by the interface they go out by"
                \t\telements = { "docker0" : jump filter-published-to-docker0 }
                \t}

                \tset filter-accept-not-in-docker0-out-docker0 {
                \t\ttype ipv4_addr . inet_proto . inet_service
                \t\tcounter
                \t\tcomment "published ports of containers"
                \t}

                \tmap filter-unpublished-to {
                \t\ttype ifname : verdict
                \t\tcomment "by the interface they go out by"
                \t\telements = { "docker0" : jump filter-unpublished-to-docker0 }
                \t}

                \tmap raw-guard-from {
                \t\ttype ifname : verdict
                \t\tcomment "by the interface they came in by"
                \t\telements = { "docker0" : jump raw-guard-from-docker0 }
                \t}

                \tmap nat-masquerade-of-16 {
                \t\ttype ipv4_addr : verdict
                \t\tcomment "by the network of their source"
                \t\telements = { 172.17.0.0 : jump nat-masquerade-of-172.17.0.0/16 }
                \t}

                \tchain filter-FORWARD {
                \t\ttype filter hook forward priority filter; policy accept;
                \t\tcounter jump filter-NETD-USER
                \t\tcounter jump filter-NETD-FORWARD
                \t}

                \tchain filter-NETD-USER {
                \t\tcomment "your own rules, seen before netd's; never flushed"
                \t}

                \tchain filter-NETD-FORWARD {
                \t\tcomment "what is forwarded from and to netd's bridges"
                \t\toifname vmap @filter-replies-to
                \t\toifname vmap @filter-inbound-to
                \t\tiifname vmap @filter-outbound-from
                \t}

                \tchain filter-NETD {
                \t\tcomment "what comes to a bridge from elsewhere: published ports, then the drop of all others"
                \t\toifname vmap @filter-published-to
                \t\toifname vmap @filter-unpublished-to
                \t}

                \tchain raw-PREROUTING {
                \t\tcomment "what may not come in over this interface"
                \t\ttype filter hook prerouting priority raw; policy accept;
                \t\tiifname vmap @raw-guard-from
                \t}

                \tchain nat-POSTROUTING {
                \t\tcomment "whose packets go out under the host's address"
                \t\ttype nat hook postrouting priority srcnat + 1; policy accept;
                \t\tip saddr & 255.255.0.0 vmap @nat-masquerade-of-16
                \t}

                \tchain filter-replies-to-docker0 {
                \t\toifname "docker0" ct state established,related counter accept
                \t}

                \tchain filter-inbound-to-docker0 {
                \t\toifname "docker0" counter jump filter-NETD
                \t}

                \tchain filter-outbound-from-docker0 {
                \t\tiifname "docker0" counter accept
                \t}

                \tchain filter-published-to-docker0 {
                \t\tiifname != "docker0" oifname "docker0" ip daddr . meta l4proto . th dport @filter-accept-not-in-docker0-out-docker0 accept
                \t}

                \tchain filter-unpublished-to-docker0 {
                \t\tiifname != "docker0" oifname "docker0" counter drop
                \t}

                \tchain raw-guard-from-docker0 {
                \t\tip daddr 127.0.0.0/8 iifname "docker0" counter drop
                \t}

                \tchain nat-masquerade-of-172.17.0.0/16 {
                \t\tip saddr 172.17.0.0/16 oifname != "docker0" counter masquerade
                \t}
                }
                """);
    }

    @Test
    void everyKindOfRuleIsFoundAgain() {
        ledger.put(ONE, SampleRules.all());
        String with = saved();
        assertThat(ledger.missing(SampleRules.all())).isEmpty();
        assertThat(ledger.repair()).isEmpty();
        assertThat(saved()).isEqualTo(with).doesNotContain("xt");
    }

    @Test
    void aFlushedRulesetIsNoObstacle() {
        ledger.put(ONE, SampleRules.all());
        host.sh("nft flush ruleset");
        ledger.put(TWO, SampleRules.all().subList(0, 3));
        assertThat(snapshot()).isEmpty();
        assertThat(ledger.repair()).hasSameSizeAs(SampleRules.all());
        ledger.remove(ONE);
        assertThat(saved()).contains("tcp dport 8080 counter dnat to 172.17.0.2:80");
        ledger.remove(TWO);
        assertThat(snapshot()).isEmpty();
    }

    @Test
    void publishedPortsAreElements() {
        ledger.put(ONE, ports());
        assertThat(saved())
                .contains("elements = { tcp . 8080 counter : 172.17.0.2 . 80 }")
                .contains("elements = { 10.0.0.1 . udp . 53 counter : 172.17.0.2 . 53 }")
                .contains("elements = { tcp . 9000-9099 counter : 172.17.0.2 }")
                .contains("elements = { 172.17.0.2 . tcp . 80 counter }")
                .contains("dnat ip to ip daddr . meta l4proto . th dport map @ports-by-address")
                .contains("dnat ip to meta l4proto . th dport map @ports")
                .contains("oifname \"docker0\" ip daddr . meta l4proto . th dport @filter-accept-out-docker0 accept");
        assertThat(ledger.missing(ports())).isEmpty();
        ledger.remove(ONE);
        assertThat(snapshot()).isEmpty();
    }

    @Test
    void aPortOfANetworkIsTwoElementsOfWhatStandsAnyway() {
        List<Rule> network = new ArrayList<>(NetworkRules.protect(NETWORK));
        network.add(PublishedPorts.entrance(IpFamily.IPV4));
        ledger.put(TWO, network);
        String before = host.sh("nft -s -a list ruleset");
        assertThat(before).contains("dnat ip to meta l4proto . th dport map @ports");
        ledger.put(ONE, List.of(port(8080, "172.17.0.2"), spared("80")));
        assertThat(saved()).contains("{ tcp . 8080 counter : 172.17.0.2 . 80 }", "{ 172.17.0.2 . tcp . 80 counter }");
        ledger.remove(ONE);
        assertThat(host.sh("nft -s -a list ruleset")).isEqualTo(before);
        ledger.close();
        ledger = open();
        assertThat(ledger.restore(Map.of(TWO, network))).isEmpty();
        assertThat(host.sh("nft -s -a list ruleset")).isEqualTo(before);
        ledger.put(ONE, List.of(port(8080, "172.17.0.2"), spared("80")));
        ledger.remove(TWO);
        assertThat(saved()).contains("{ tcp . 8080 counter : 172.17.0.2 . 80 }");
        ledger.remove(ONE);
        assertThat(snapshot()).isEmpty();
    }

    @Test
    void rangesAreElementsOfSetsBesideThoseOfSinglePorts() {
        ledger.put(ONE, List.of(accept("80"), accept("9000-9099")));
        assertThat(saved())
                .contains("elements = { 172.17.0.2 . tcp . 80 counter }")
                .contains("elements = { 172.17.0.2 . tcp . 9000-9099 counter }")
                .contains("th dport @filter-accept-out-docker0-ranges accept");
        String before = saved();
        ledger.put(TWO, List.of(accept("9100-9199"), accept("9050-9150"), accept("9020-9030")));
        assertThat(saved())
                .contains("172.17.0.2 . tcp . 9100-9199 counter")
                .contains("tcp dport 9050-9150 counter accept", "tcp dport 9020-9030 counter accept");
        assertThat(ledger.missing(ledger.rules(TWO))).isEmpty();
        ledger.remove(TWO);
        assertThat(saved()).isEqualTo(before);
        assertThat(ledger.repair()).isEmpty();
        ledger.remove(ONE);
        assertThat(snapshot()).isEmpty();
    }

    @Test
    void anElementThatSomebodyTookAwayComesBack() {
        ledger.put(ONE, ports());
        String with = saved();
        host.sh("nft delete element ip netd ports '{ tcp . 8080 }'");
        assertThat(ledger.missing(ports())).containsExactly(ports().get(0));
        assertThat(ledger.repair()).containsExactly(ports().get(0));
        assertThat(saved()).isEqualTo(with);
    }

    @Test
    void elementsThatNobodyLooksUpAreMissing() {
        ledger.put(ONE, ports());
        host.sh("nft flush chain ip netd nat-NETD");
        assertThat(ledger.missing(ports())).hasSize(3);
        assertThat(ledger.repair()).hasSize(3);
        assertThat(saved()).contains("th dport map @ports");
        host.sh("nft flush chain ip netd nat-NETD; nft delete chain ip netd nat-NETD");
        ledger.remove(ONE);
        assertThat(snapshot()).isEmpty();
    }

    @Test
    void aPortThatTwoWantStaysWithTheFirst() {
        ledger.put(ONE, ports());
        ledger.put(TWO, List.of(port(8080, "172.17.0.9")));
        assertThat(saved()).contains("tcp . 8080 counter : 172.17.0.2", "tcp dport 8080 counter dnat to 172.17.0.9");
        assertThat(ledger.missing(ledger.rules(TWO))).isEmpty();
        ledger.remove(ONE);
        assertThat(ledger.missing(ledger.rules(TWO))).isEmpty();
        ledger.remove(TWO);
        assertThat(snapshot()).isEmpty();
    }

    @Test
    void anotherContainerMayHaveThePortInTheSameChange() {
        ledger.put(ONE, List.of(port(8080, "172.17.0.2")));
        ledger.put(ONE, List.of(port(8080, "172.17.0.3")));
        assertThat(saved()).contains("tcp . 8080 counter : 172.17.0.3 . 80").doesNotContain("172.17.0.2");
    }

    @Test
    void thousandsOfPortsAreOneRule() {
        ledger.put(
                ONE,
                IntStream.range(0, 5000)
                        .mapToObj(i -> port(10000 + i, "172.17.0.2"))
                        .toList());
        assertThat(host.sh("nft list chain ip netd nat-NETD").lines().filter(line -> line.contains("dnat")))
                .hasSize(1);
        ledger.close();
        ledger = open();
        ledger.adopt(Map.of(
                ONE,
                IntStream.range(0, 5000)
                        .mapToObj(i -> port(10000 + i, "172.17.0.2"))
                        .toList()));
        assertThat(ledger.repair()).isEmpty();
        ledger.remove(ONE);
        assertThat(snapshot()).isEmpty();
    }

    @Test
    void theAdministratorsOwnChainsStay() {
        ledger.put(ONE, ports());
        host.sh("nft add chain ip netd mine");
        ledger.remove(ONE);
        assertThat(saved()).contains("chain mine").doesNotContain("nat-NETD");
    }

    private static List<Rule> ports() {
        return List.of(
                port(8080, "172.17.0.2"),
                translation()
                        .when(new Match.Destination(IpPrefix.parse("10.0.0.1/32")))
                        .when(new Match.Proto(Protocol.UDP), new Match.DestinationPort(PortRange.of(53)))
                        .then(new Target.Dnat(IpAddress.parse("172.17.0.2"), 53)),
                translation()
                        .when(new Match.Proto(Protocol.TCP), new Match.DestinationPort(PortRange.parse("9000-9099")))
                        .then(new Target.Dnat(IpAddress.parse("172.17.0.2"), Optional.empty())),
                accept("80"));
    }

    private static Rule accept(String ports) {
        return Rule.in(IpFamily.IPV4, Table.FILTER, Chains.NETD, Ranks.PUBLISHED)
                .when(new Match.Destination(IpPrefix.parse("172.17.0.2/32")))
                .when(new Match.Proto(Protocol.TCP), new Match.DestinationPort(PortRange.parse(ports)))
                .when(new Match.OutInterface("docker0"))
                .then(new Target.Accept());
    }

    private static Rule spared(String ports) {
        return Rule.in(IpFamily.IPV4, Table.FILTER, Chains.NETD, Ranks.PUBLISHED)
                .when(accept(ports).matches().toArray(Match[]::new))
                .when(new Match.InInterface("docker0", true))
                .then(new Target.Accept());
    }

    private static Rule port(int port, String container) {
        return translation()
                .when(new Match.Proto(Protocol.TCP), new Match.DestinationPort(PortRange.of(port)))
                .then(new Target.Dnat(IpAddress.parse(container), 80));
    }

    private static Rule.Draft translation() {
        return Rule.in(IpFamily.IPV4, Table.NAT, Chains.NETD, Ranks.PUBLISHED);
    }
}
