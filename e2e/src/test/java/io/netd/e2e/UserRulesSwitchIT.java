package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user drops stays dropped while netd's own rules move to another firewall backend, and back. */
class UserRulesSwitchIT extends Ipv6WireTestBase {
    private static final List<String> PUBLISHED =
            List.of("http://" + Host.ADDRESS + ":8170/", "http://[" + HOST6 + "]:8170/");

    @Override
    String[] options() {
        return new String[] {"--ipv6", "--fixed-cidr-v6", "fd17::/64"};
    }

    @ParameterizedTest
    @CsvSource({"iptables,nftables", "nftables,iptables"})
    void aDropCountsWhereverNetdsRulesStand(String from, String to) {
        restartAlsoWith("--firewall-backend=" + from);
        run("web", "-p", "8170:80");
        assertThat(PUBLISHED).allMatch(this::reach);
        dropTheNeighbour(from);
        assertThat(PUBLISHED).noneMatch(this::reach);

        for (String now : List.of(to, from, to)) {
            restartAlsoWith("--firewall-backend=" + now);
            assertThat(PUBLISHED).as("on %s", now).noneMatch(this::reach);
            assertThat(ways(from)).as("on %s", now).hasSize(2);
        }
        flush(from);
        assertThat(PUBLISHED).allMatch(this::reach);
        restartAlsoWith("--firewall-backend=" + to);
        assertThat(traces(from)).isEmpty();
        assertThat(PUBLISHED).allMatch(this::reach);
    }

    private void dropTheNeighbour(String backend) {
        host.sh(
                        backend.equals("iptables")
                                ? "iptables -A NETD-USER -s 203.0.113.1 -j DROP && ip6tables -A NETD-USER -s 2001:db8::1 -j DROP"
                                : "nft add rule ip netd filter-NETD-USER ip saddr 203.0.113.1 drop"
                                        + " && nft add rule ip6 netd filter-NETD-USER ip6 saddr 2001:db8::1 drop")
                .ok();
    }

    private void flush(String backend) {
        host.sh(
                        backend.equals("iptables")
                                ? "iptables -F NETD-USER && ip6tables -F NETD-USER"
                                : "nft flush chain ip netd filter-NETD-USER && nft flush chain ip6 netd filter-NETD-USER")
                .ok();
    }

    /** What leads to the user's rules, of both families. */
    private List<String> ways(String backend) {
        return traces(backend)
                .lines()
                .filter(line -> line.matches(".*(-j NETD-USER|jump filter-NETD-USER)"))
                .toList();
    }

    private String traces(String backend) {
        return host.sh(
                        backend.equals("iptables")
                                ? "{ iptables-save; ip6tables-save; } | grep NETD; true"
                                : "nft list table ip netd; nft list table ip6 netd; true")
                .ok();
    }
}
