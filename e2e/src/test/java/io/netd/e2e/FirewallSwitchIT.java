package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A daemon that starts with another firewall backend moves everything over, under running containers. */
class FirewallSwitchIT extends NetdTestBase {
    private static final String BRIDGE = """
            {"cniVersion":"1.1.0","name":"fw","type":"bridge","bridge":"cni-fw0","isDefaultGateway":true,"ipMasq":true,
             "ipam":{"type":"host-local","subnet":"10.33.0.0/24","dataDir":"/run/leases"}}
            """;

    @ParameterizedTest
    @CsvSource({
        "iptables,nftables,8070:80,80",
        "nftables,iptables,8070:80,80",
        "iptables,nftables,8060-8079:8060-8079,8070",
        "nftables,iptables,8060-8079:8060-8079,8070",
        "iptables,nftables,8069-8079:79-89,80",
        "nftables,iptables,8069-8079:79-89,80"
    })
    void rulesMoveAndConnectionsStay(String from, String to, String ports, String port) {
        restart(from);
        runDetached("--name", "echo", "-p", ports, IMAGE, "nc", "-ll", "-p", port, "-e", "cat");
        host.netctl("exec", "echo", "sh", "-c", "until netstat -ltn | grep -q :" + port + "; do :; done")
                .ok();
        Process client = host.start(
                "sh",
                "-c",
                "mkfifo /tmp/said; exec 3<>/tmp/said; ip netns exec wire nc " + Host.ADDRESS
                        + " 8070 <&3 >/tmp/heard 3<&-");
        try {
            say("before");
            restart(to);
            say("after");

            assertThat(host.sh("ip netns exec wire sh -c \"echo anew | nc -w 2 " + Host.ADDRESS + " 8070\"")
                            .ok())
                    .isEqualTo("anew");
            assertThat(rulesOf(from)).isEmpty();
            assertThat(rulesOf(to)).contains(ports.substring(0, 4));
        } finally {
            client.destroy();
            host.sh("rm -f /tmp/said /tmp/heard").ok();
            host.netctl("rm", "-f", "echo").ok();
            restart("iptables");
        }
    }

    /** A daemon was told by a flag; the call without it knows only the journal, and iptables is what it would take. */
    @Test
    void aCallWithoutTheDaemonFindsRulesWhereTheyStand() {
        restart("nftables");
        host.sh("ip netns add pod").ok();
        host.plugin(Host.ours("bridge"), BRIDGE, Map.of("CNI_COMMAND", "ADD")).ok();
        assertThat(rulesOf("nftables")).contains("10.33.0.0/24");
        daemon.kill();
        host.plugin(Host.ours("bridge"), BRIDGE, Map.of("CNI_COMMAND", "DEL")).ok();

        assertThat(rulesOf("nftables")).doesNotContain("10.33.0.0/24");
        assertThat(rulesOf("iptables")).doesNotContain("10.33.0.0/24");
        host.sh("ip netns del pod; ip link del cni-fw0; rm -r /run/leases").ok();
        daemon = Daemon.start(host, "--firewall-backend=iptables");
    }

    /** They are in the words of the other framework, and the user's. */
    @Test
    void rulesOfTheUsersThatAreLeftBehindAreTold() {
        restart("iptables");
        host.sh("iptables -A NETD-USER -s 198.51.100.0/24 -j DROP").ok();
        assertThat(host.netctl("doctor").out()).doesNotContain("NETD-USER");

        restart("nftables");

        String sentence = "the rules in ip filter NETD-USER still drop, but let nothing in";
        daemon.awaitLog(sentence);
        assertThat(host.netctl("doctor").out()).contains("your rules: " + sentence);
        restart("iptables");
        assertThat(host.netctl("doctor").out()).doesNotContain("NETD-USER");
        assertThat(host.sh("iptables -S NETD-USER").ok()).contains("198.51.100.0/24");
        host.sh("iptables -F NETD-USER").ok();
    }

    private void restart(String backend) {
        daemon.kill();
        daemon = Daemon.start(host, "--firewall-backend=" + backend);
    }

    /** What the client says comes back through the connection that it has. */
    private void say(String word) {
        host.sh("until [ -e /tmp/heard ]; do :; done; echo " + word + " >/tmp/said;"
                        + " timeout 10 sh -c 'until grep -q " + word + " /tmp/heard; do :; done'")
                .ok();
    }

    private String rulesOf(String backend) {
        return host.sh(
                        backend.equals("iptables")
                                ? "iptables-save | grep '^-A'; true"
                                : "nft list tables | grep netd && nft list ruleset; true")
                .ok();
    }
}
