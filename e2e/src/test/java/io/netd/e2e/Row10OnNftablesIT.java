package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Row 10 with rules in nftables tables of netd's own: the same scenarios, and a listing that a person can read. */
class Row10OnNftablesIT extends Row10PublishedPortIT {
    @Override
    String[] options() {
        return new String[] {"--firewall-backend=nftables"};
    }

    @Override
    String counted8081() {
        return host.sh("nft list map ip netd ports | grep \"tcp . 8081 .*: 172.17.0.2 . 80\""
                        + " | sed 's/.*packets \\([0-9]*\\) bytes \\([0-9]*\\).*/\\1 packets, \\2 bytes/'")
                .ok();
    }

    @Test
    void iptablesKnowsNothingOfIt() {
        runDetached("-p", "8089:80", IMAGE, "sleep", "1000");

        assertThat(host.netctl("info").ok()).contains("Firewall Backend: nftables");
        assertThat(host.sh("nft -s list ruleset").ok())
                .contains("table ip netd", "tcp . 8089 counter : 172.17.0.2 . 80")
                .doesNotContain("xt ", "table ip nat", "table ip filter");
        assertThat(host.sh("nft -s list ruleset >/tmp/r; nft -c -f /tmp/r; nft -j list ruleset >/tmp/r; rm /tmp/r")
                        .exitCode())
                .isZero();
    }

    @Test
    void aForeignChainThatDropsIsNamed() {
        host.sh("iptables -P FORWARD DROP").ok();
        Output output = host.netctl("doctor");
        host.sh("nft delete table ip filter").ok();

        assertThat(output.out()).contains("of what netd accepts drops ip filter FORWARD (policy drop)");
    }

    @Test
    void whatAnAdministratorFlushedComesBackWithTheDaemon() {
        runDetached("--name", "web", "-p", "8090:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
        String rules = host.sh("nft -s list ruleset").ok();
        daemon.kill();
        host.sh("nft flush ruleset").ok();
        daemon = Daemon.start(host, options());

        assertThat(host.sh("nft -s list ruleset").ok().lines().sorted())
                .containsExactlyElementsOf(rules.lines().sorted().toList());
        assertThat(host.sh("ip netns exec wire curl -sS --max-time 5 http://" + Host.ADDRESS + ":8090/")
                        .ok())
                .isEqualTo("hello from a container");
    }
}
