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
import io.netd.firewall.PublishedPorts;
import io.netd.firewall.Ranks;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import io.netd.firewall.nft.Dialect;
import io.netd.firewall.nft.NftBackend;
import io.netd.firewall.nft.NftSockets;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.netlink.nft.NftSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host where an earlier version of netd left its rules in one list for each chain. */
class PredecessorKernelIT {
    private static final Owner CONTAINER = new Owner("attachment/c1");

    private ThrowawayNamespace host;
    private Map<Owner, List<Rule>> all;

    @BeforeEach
    void writeAsBefore() {
        host = ThrowawayNamespace.create();
        all = new LinkedHashMap<>();
        for (int i = 0; i < 3; i++) {
            all.put(new Owner("network/" + i), network(i));
        }
        all.put(CONTAINER, container());
        write(new FlatDialect());
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void theNewDaemonMovesThemAndReportsNoneMissing() {
        assertThat(rules()).doesNotContain("vmap").contains("@raw-drop-not-in-br0-address");
        try (Ledger ledger = open(new NftablesDialect())) {
            ledger.adopt(all);
            assertThat(ledger.missing(ledger.rules(CONTAINER))).isEmpty();
            assertThat(ledger.repair()).isEmpty();
        }
        String moved = rules();
        host.sh("nft flush ruleset");
        write(new NftablesDialect());
        assertThat(moved).contains("vmap").isEqualTo(rules());
        try (Ledger ledger = open(new NftablesDialect())) {
            ledger.adopt(all);
            String before = host.sh("nft -a list ruleset");
            assertThat(ledger.repair()).isEmpty();
            assertThat(host.sh("nft -a list ruleset")).isEqualTo(before);
            all.keySet().forEach(ledger::remove);
        }
        assertThat(host.sh("nft list ruleset")).isEmpty();
    }

    @Test
    void aCallWithoutADaemonFindsThemToo() {
        try (Ledger ledger = open(new NftablesDialect())) {
            ledger.adopt(all);
            ledger.put(new Owner("network/9"), network(9));
            ledger.remove(CONTAINER);
            assertThat(rules()).doesNotContain("10.0.0.2").contains("filter-replies-to-br9");
            all.keySet().forEach(ledger::remove);
            ledger.remove(new Owner("network/9"));
        }
        assertThat(host.sh("nft list ruleset")).isEmpty();
    }

    private void write(Dialect dialect) {
        try (Ledger ledger = open(dialect)) {
            all.forEach(ledger::put);
        }
    }

    private Ledger open(Dialect dialect) {
        return Ledger.of(
                new NftBackend(NftSockets.longLived(() -> host.namespace().call(NftSocket::open)), dialect));
    }

    /** Every line and element, for sets have no order, nor have rules of one rank. */
    private String rules() {
        return Stream.of(host.sh("nft -s list ruleset").split("\\s*[{},\n]\\s*"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static List<Rule> network(int number) {
        IpPrefix subnet = IpPrefix.parse("10." + number + ".0.0/16");
        List<Rule> rules = new ArrayList<>(NetworkRules.protect(new BridgeNetwork(
                "br" + number, List.of(subnet), true, number != 1, number == 2, Map.of(), Map.of(), Admission.NONE)));
        rules.add(PublishedPorts.entrance(IpFamily.IPV4));
        return rules;
    }

    private static List<Rule> container() {
        IpAddress address = IpAddress.parse("10.0.0.2");
        return List.of(
                NetworkRules.directAccessBlock(address, "br0"),
                Rule.in(IpFamily.IPV4, Table.NAT, Chains.NETD, Ranks.PUBLISHED)
                        .when(new Match.Proto(Protocol.TCP), new Match.DestinationPort(PortRange.of(8080)))
                        .then(new Target.Dnat(address, 80)),
                Rule.in(IpFamily.IPV4, Table.FILTER, Chains.NETD, Ranks.PUBLISHED)
                        .when(new Match.Destination(IpPrefix.host(address)))
                        .when(new Match.Proto(Protocol.TCP), new Match.DestinationPort(PortRange.of(80)))
                        .when(new Match.InInterface("br0", true), new Match.OutInterface("br0"))
                        .then(new Target.Accept()));
    }
}
