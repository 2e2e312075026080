package io.netd.firewall.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpFamily;
import io.netd.firewall.Flavour;
import io.netd.firewall.Framework;
import io.netd.linux.testing.ThrowawayNamespace;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who drops what netd accepts. */
class ObstaclesKernelIT {
    private static final String POLICY = "ip filter FORWARD (policy drop)";

    /** As firewalld 1.3 has it, with docker0 in no zone of its own. */
    private static final String FIREWALLD = "nft add table inet firewalld; nft add chain inet firewalld filter_FORWARD"
            + " '{ type filter hook forward priority filter + 10; }';"
            + " nft add rule inet firewalld filter_FORWARD ct state established,related accept;";

    private static final String REJECT =
            " nft add rule inet firewalld filter_FORWARD counter reject with icmpx admin-prohibited";

    private final ThrowawayNamespace host = ThrowawayNamespace.create();

    @AfterEach
    void close() {
        host.close();
    }

    private List<String> obstacles(Framework usual) {
        return obstacles(usual, EnumSet.allOf(IpFamily.class));
    }

    private List<String> obstacles(Framework usual, Set<IpFamily> families) {
        return firewall(usual).obstacles(host.namespace(), List.of(new Forwarded("docker0", families)));
    }

    private List<String> toPorts() {
        return firewall(Framework.NFTABLES)
                .obstaclesToPorts(host.namespace(), new Forwarded("docker0", EnumSet.allOf(IpFamily.class)));
    }

    private static HostFirewall firewall(Framework usual) {
        return new HostFirewall(usual, Flavour.IPTABLES_NFT);
    }

    @Test
    void iptablesPolicyIsInTheWayOfOtherTablesOnly() {
        host.sh("iptables-nft -P FORWARD DROP");
        assertThat(obstacles(Framework.NFTABLES)).containsExactly(POLICY);
        assertThat(toPorts()).containsExactly(POLICY);
        assertThat(obstacles(Framework.IPTABLES)).isEmpty();
        assertThat(obstacles(Framework.NFTABLES, Set.of(IpFamily.IPV6))).isEmpty();
        assertThat(new HostFirewall(Framework.IPTABLES, Flavour.IPTABLES_LEGACY)
                        .obstacles(host.namespace(), List.of(new Forwarded("docker0", EnumSet.allOf(IpFamily.class)))))
                .containsExactly(POLICY);
    }

    @Test
    void whatBecomesOfTheUsersRulesWithoutNetdsIsTold() {
        host.sh("iptables-nft -N NETD-USER; iptables-nft -A FORWARD -j NETD-USER");
        assertThat(HostFirewall.userRulesApart(host.namespace())).isEmpty();
        host.sh("iptables-nft -A NETD-USER -p tcp --dport 80 -j DROP");
        assertThat(HostFirewall.userRulesApart(host.namespace()))
                .containsExactly("the rules in ip filter NETD-USER still drop, but let nothing in:"
                        + " netd's own are not there any more");
        host.sh("iptables-nft -N NETD-FORWARD; iptables-nft -A FORWARD -j NETD-FORWARD");
        assertThat(HostFirewall.userRulesApart(host.namespace())).isEmpty();
        host.sh("iptables-nft -F FORWARD; nft add table ip6 netd; nft add chain ip6 netd filter-NETD-USER;"
                + " nft add rule ip6 netd filter-NETD-USER tcp dport 80 drop");
        assertThat(HostFirewall.userRulesApart(host.namespace()))
                .containsExactly(
                        "no packet sees the rules in ip filter NETD-USER: netd's own are not there any more",
                        "no packet sees the rules in ip6 netd filter-NETD-USER: netd's own are not there any more");
    }

    @Test
    void aRejectAtTheEndIsInTheWayOfBoth() {
        host.sh(FIREWALLD + REJECT);
        List<String> expected = List.of("inet firewalld filter_FORWARD (its rules drop)");
        assertThat(obstacles(Framework.NFTABLES)).isEqualTo(expected);
        assertThat(obstacles(Framework.IPTABLES)).isEqualTo(expected);
        assertThat(toPorts()).isEqualTo(expected);
    }

    @Test
    void whoAcceptsWhatIsTranslatedIsInNobodysWayToAPort() {
        host.sh(FIREWALLD + " nft add rule inet firewalld filter_FORWARD ct status dnat accept;" + REJECT);
        assertThat(toPorts()).isEmpty();
        assertThat(obstacles(Framework.NFTABLES)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iptables-nft -A FORWARD -i docker0 -j ACCEPT; iptables-nft -A FORWARD -o docker0 -j ACCEPT",
                "iptables-nft -A FORWARD -j HOOK; iptables-nft -A HOOK -i docker+ -j ACCEPT;"
                        + " iptables-nft -A HOOK -o docker0 -m comment --comment netd -j ACCEPT",
                "iptables-nft -A FORWARD -j HOOK; iptables-nft -A HOOK -p tcp -j RETURN;"
                        + " iptables-nft -A HOOK -i docker0 -g MINE; iptables-nft -A HOOK -o docker0 -j MINE;"
                        + " iptables-nft -A MINE -j ACCEPT",
                "iptables-nft -A FORWARD -m conntrack --ctstate NEW -j ACCEPT",
                "iptables-nft -A FORWARD -m conntrack --ctstate DNAT -j ACCEPT;"
                        + " iptables-nft -A FORWARD -i docker0 -s 172.17.0.0/16 -j ACCEPT",
                "nft add rule ip filter FORWARD iifname docker0 accept;"
                        + " nft add rule ip filter FORWARD oifname docker0 accept"
            })
    void whoeverKnowsTheBridgeIsNone(String rules) {
        host.sh("iptables-nft -N HOOK; iptables-nft -N MINE; iptables-nft -P FORWARD DROP; " + rules);
        assertThat(obstacles(Framework.NFTABLES)).isEmpty();
        assertThat(toPorts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iptables-nft -A HOOK -i docker0 -j ACCEPT; iptables-nft -A HOOK -o docker0 -j ACCEPT",
                "iptables-nft -A FORWARD -i docker00 -j ACCEPT; iptables-nft -A FORWARD -o docker -j ACCEPT",
                "iptables-nft -A FORWARD -j HOOK; iptables-nft -A HOOK -j RETURN;"
                        + " iptables-nft -A HOOK -o docker0 -j ACCEPT",
                "iptables-nft -A FORWARD ! -o docker0 -j ACCEPT",
                "iptables-nft -A FORWARD -s 10.0.0.0/8 -j ACCEPT",
                "iptables-nft -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"
            })
    void whoLetsOthersPassIsOne(String rules) {
        host.sh("iptables-nft -N HOOK; iptables-nft -P FORWARD DROP; " + rules);
        assertThat(toPorts()).containsExactly(POLICY);
    }

    @Test
    void whoeverLetsPassIsNone() {
        host.sh("nft add table ip other; nft add chain ip other forward '{ type filter hook forward priority 0; }';"
                + " nft add rule ip other forward ip saddr 10.0.0.1 drop; nft add chain ip other drops;"
                + " nft add rule ip other drops drop;"
                + " nft add rule ip other forward oifname docker0 ip saddr 10.0.0.1 jump drops;"
                + " nft add chain ip other input '{ type filter hook input priority 0; policy drop; }'");
        assertThat(obstacles(Framework.NFTABLES)).isEmpty();
    }

    @Test
    void aRejectOfIptablesInAChainOfItsOwnDrops() {
        host.sh("iptables-nft -N ufw-reject-forward; iptables-nft -A FORWARD -j ufw-reject-forward;"
                + " iptables-nft -A ufw-reject-forward -j REJECT");
        assertThat(toPorts()).containsExactly("ip filter FORWARD (its rules drop)");
    }
}
