package io.netd.e2e;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The same with rules in nftables tables of netd's own. */
class KeeperOnNftablesIT extends KeeperIT {
    @Override
    String[] options() {
        return new String[] {"--firewall-backend=nftables"};
    }

    @Override
    List<List<String>> removals() {
        return List.of(
                List.of("nft flush ruleset", "nft"),
                List.of("nft delete table ip netd", "nft"),
                List.of("nft flush table ip netd", "nft"),
                List.of("nft flush chain ip netd nat-PREROUTING", "nft"),
                List.of("nft flush chain ip netd filter-FORWARD", "nft"),
                List.of("nft flush map ip netd filter-replies-to", "nft"),
                List.of("nft flush map ip netd ports", "nft"),
                List.of("nft flush chain ip netd raw-PREROUTING", "nft"));
    }

    @Override
    String rules() {
        return host.sh("nft -s list table ip netd | sort").ok();
    }

    /** Somebody else's rule in netd's own table, behind all of netd's. */
    @Test
    @Override
    void theyComeBackToTheirPlace() {
        host.sh("nft add rule ip netd filter-FORWARD drop").ok();
        host.sh(
                        "nft delete rule ip netd filter-FORWARD handle"
                                + " $(nft -a list chain ip netd filter-FORWARD | sed -n 's/.*jump filter-NETD-FORWARD.*handle //p')")
                .ok();
        awaitRepair();

        everythingWorks();
        host.sh("nft delete rule ip netd filter-FORWARD handle"
                        + " $(nft -a list chain ip netd filter-FORWARD | sed -n 's/^[[:space:]]*drop # handle //p')")
                .ok();
    }

    @Override
    void removeNothingOfTheUsers() {
        host.sh("nft add rule ip netd filter-NETD-USER ip saddr 203.0.113.77 drop")
                .ok();
        host.sh("nft flush map ip netd ports").ok();
    }
}
