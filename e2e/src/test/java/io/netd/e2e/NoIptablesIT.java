package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** On a host without iptables rules stand in nftables without being told to. */
class NoIptablesIT extends NetdTestBase {
    @Override
    void furnish() {
        host.sh("mount --bind /dev/null /usr/sbin/xtables-nft-multi").ok();
    }

    @Test
    void nftablesIsUsual() {
        runDetached("--name", "web", "-p", "8080:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();

        assertThat(host.sh("iptables -V").exitCode()).isNotZero();
        assertThat(host.netctl("info").ok()).contains("Firewall Backend: nftables");
        assertThat(host.sh("ip netns exec wire curl -sS --max-time 5 http://" + Host.ADDRESS + ":8080/")
                        .ok())
                .isEqualTo("hello from a container");
        assertThat(host.sh("nft list tables").ok()).isEqualTo("table ip netd");
    }
}
