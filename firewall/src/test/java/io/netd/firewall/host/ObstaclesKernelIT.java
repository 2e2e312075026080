package io.netd.firewall.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.firewall.Flavour;
import io.netd.firewall.Framework;
import io.netd.linux.testing.ThrowawayNamespace;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who drops what netd accepts. */
class ObstaclesKernelIT {
    private final ThrowawayNamespace host = ThrowawayNamespace.create();

    @AfterEach
    void close() {
        host.close();
    }

    private List<String> obstacles(Framework usual) {
        return new HostFirewall(usual, Flavour.IPTABLES_NFT).obstacles(host.namespace());
    }

    @Test
    void iptablesPolicyIsInTheWayOfOtherTablesOnly() {
        host.sh("iptables-nft -P FORWARD DROP");
        assertThat(obstacles(Framework.NFTABLES)).containsExactly("ip filter FORWARD (policy drop)");
        assertThat(obstacles(Framework.IPTABLES)).isEmpty();
    }

    @Test
    void aRejectAtTheEndIsInTheWayOfBoth() {
        host.sh("nft add table inet firewalld; nft add chain inet firewalld filter_FORWARD"
                + " '{ type filter hook forward priority filter + 10; }';"
                + " nft add rule inet firewalld filter_FORWARD ct state established,related accept;"
                + " nft add rule inet firewalld filter_FORWARD counter reject with icmpx admin-prohibited");
        List<String> expected = List.of("inet firewalld filter_FORWARD (its last rule drops)");
        assertThat(obstacles(Framework.NFTABLES)).isEqualTo(expected);
        assertThat(obstacles(Framework.IPTABLES)).isEqualTo(expected);
    }

    @Test
    void whoeverLetsPassIsNone() {
        host.sh("nft add table ip other; nft add chain ip other forward '{ type filter hook forward priority 0; }';"
                + " nft add rule ip other forward ip saddr 10.0.0.1 drop; nft add chain ip other drops;"
                + " nft add rule ip other drops drop;"
                + " nft add chain ip other input '{ type filter hook input priority 0; policy drop; }'");
        assertThat(obstacles(Framework.NFTABLES)).isEmpty();
    }
}
