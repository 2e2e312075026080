package io.netd.firewall.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpPrefix;
import io.netd.firewall.BridgeNetwork;
import io.netd.firewall.Flavour;
import io.netd.firewall.Ledger;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.firewall.iptables.IptablesBackends;
import io.netd.linux.testing.ThrowawayNamespace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Netd's rules in chains that other firewalls keep for such rules, while netd's own stand in tables of its own. */
class HooksKernelIT {
    private static final Owner NETWORK = new Owner("network/bridge");
    private static final List<Rule> RULES = NetworkRules.protect(
            new BridgeNetwork("docker0", List.of(IpPrefix.parse("172.17.0.0/16"), IpPrefix.parse("fd00::/64")), true));
    private static final String IN = "-A DOCKER-USER -i docker0 -m comment --comment netd -j ACCEPT";
    private static final String OUT = "-A DOCKER-USER -o docker0 -m comment --comment netd -j ACCEPT";

    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = Ledger.of(NftablesBackends.ofOwnNamespace(host.namespace()));
    }

    @AfterEach
    void close() {
        ledger.close();
        host.close();
    }

    @Test
    void whereNobodyKeepsSuchAChainTheRulesWait() {
        ledger.put(NETWORK, RULES);
        assertThat(host.sh("nft list tables")).isEqualTo("table ip netd\ntable ip6 netd\n");
        assertThat(ledger.missing(RULES)).isEmpty();
        assertThat(ledger.waiting(RULES))
                .extracting(Rule::chain)
                .containsOnly("DOCKER-USER", "ufw-user-forward", "ufw6-user-forward", "NETD-FORWARD")
                .hasSize(10);
    }

    @Test
    void theyComeWhenTheChainDoesAndStayOutOfTheWayOfItsOwners() {
        ledger.put(NETWORK, RULES);
        host.sh("iptables-nft -N DOCKER-USER; ip6tables-nft -N ufw6-user-forward");
        assertThat(ledger.missing(RULES)).hasSize(4);
        assertThat(ledger.repair()).hasSize(4);
        assertThat(dockerUser()).containsExactly("netd", "netd");
        assertThat(host.sh("ip6tables-nft -S ufw6-user-forward"))
                .contains("-i docker0 -m comment --comment netd -j ACCEPT", "-o docker0");
        assertThat(ledger.waiting(RULES)).hasSize(6);
        host.sh("iptables-nft -I DOCKER-USER -s 10.0.0.1 -j DROP");
        ledger.remove(NETWORK);
        assertThat(dockerUser()).containsExactly("-A DOCKER-USER -s 10.0.0.1/32 -j DROP");
        assertThat(host.sh("nft list tables")).isEqualTo("table ip filter\ntable ip6 filter\n");
    }

    @Test
    void aFlushedChainGetsThemBack() {
        host.sh("iptables-nft -N DOCKER-USER");
        ledger.put(NETWORK, RULES);
        host.sh("iptables-nft -F DOCKER-USER");
        assertThat(ledger.repair()).extracting(Rule::line).containsExactlyInAnyOrder(IN, OUT);
        host.sh("iptables-nft -D" + IN.substring(2));
        assertThat(ledger.repair()).extracting(Rule::line).containsExactly(IN);
        host.sh("nft delete table ip filter");
        assertThat(ledger.repair()).isEmpty();
        ledger.remove(NETWORK);
        assertThat(host.sh("nft list tables")).isEmpty();
    }

    /** Docker ended its users' chain so until its release 28.3. */
    @Test
    void theyStandBeforeTheReturnThatEndsTheChain() {
        host.sh("iptables-nft -N DOCKER-USER; iptables-nft -A DOCKER-USER -s 10.0.0.1 -j DROP;"
                + " iptables-nft -A DOCKER-USER -j RETURN");
        ledger.put(NETWORK, RULES);
        assertThat(dockerUser())
                .containsExactly("-A DOCKER-USER -s 10.0.0.1/32 -j DROP", "netd", "netd", "-A DOCKER-USER -j RETURN");
        host.sh("iptables-nft -D DOCKER-USER -j RETURN; iptables-nft -I DOCKER-USER 2 -j RETURN");
        assertThat(ledger.repair()).isEmpty();
        assertThat(dockerUser())
                .containsExactly("-A DOCKER-USER -s 10.0.0.1/32 -j DROP", "netd", "netd", "-A DOCKER-USER -j RETURN");
    }

    @Test
    void whatTheirOwnerAppendsStillComesFirst() {
        host.sh("iptables-nft -N DOCKER-USER");
        ledger.put(NETWORK, RULES);
        host.sh("iptables-nft -A DOCKER-USER -s 10.0.0.1 -j DROP; iptables-nft -A DOCKER-USER -s 10.0.0.2 -j DROP");
        assertThat(ledger.missing(RULES)).isEmpty();
        assertThat(ledger.repair()).isEmpty();
        assertThat(dockerUser())
                .containsExactly(
                        "-A DOCKER-USER -s 10.0.0.1/32 -j DROP",
                        "-A DOCKER-USER -s 10.0.0.2/32 -j DROP",
                        "netd",
                        "netd");
        ledger.remove(NETWORK);
        assertThat(dockerUser()).hasSize(2);
    }

    @Test
    void theSameRuleOfTheirOwnerIsNotNetds() {
        host.sh("iptables-nft -N DOCKER-USER; iptables-nft -A DOCKER-USER -o docker0 -j ACCEPT");
        ledger.put(NETWORK, RULES);
        ledger.remove(NETWORK);
        assertThat(dockerUser()).containsExactly("-A DOCKER-USER -o docker0 -j ACCEPT");
    }

    @Test
    void aSuccessorFindsThemAlsoWhenTheyWereSavedAndRestored() {
        host.sh("iptables-nft -N DOCKER-USER");
        ledger.put(NETWORK, RULES);
        ledger.close();
        host.sh("iptables-nft-save >saved; iptables-nft-restore <saved; rm saved");
        open();
        assertThat(ledger.restore(Map.of(NETWORK, RULES))).isEmpty();
        assertThat(dockerUser()).containsExactly("netd", "netd");
        ledger.remove(NETWORK);
        assertThat(dockerUser()).isEmpty();
    }

    /** There netd's own accepts come before those of others. */
    @Test
    void withIptablesNobodysHookIsNeeded() {
        host.sh("iptables-nft -N DOCKER-USER");
        try (Ledger iptables = Ledger.of(IptablesBackends.ofOwnNamespace(Flavour.IPTABLES_NFT, host.namespace()))) {
            iptables.put(NETWORK, RULES);
            assertThat(iptables.missing(RULES)).isEmpty();
            assertThat(iptables.repair()).isEmpty();
            assertThat(dockerUser()).isEmpty();
            iptables.remove(NETWORK);
        }
        assertThat(host.sh("iptables-nft -S")).contains("-N DOCKER-USER").doesNotContain("NETD");
    }

    /** Its rules; both of netd's by its name, for they come in any order. */
    private List<String> dockerUser() {
        return host.sh("iptables-nft -S DOCKER-USER")
                .lines()
                .skip(1)
                .map(line -> line.equals(IN) || line.equals(OUT) ? "netd" : line)
                .toList();
    }
}
