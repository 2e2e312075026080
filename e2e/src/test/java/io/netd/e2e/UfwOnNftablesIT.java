package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** With rules in tables of netd's own ufw's drop would be final, had ufw not a chain for what it shall route. */
class UfwOnNftablesIT extends UfwIT {
    @Override
    String[] options() {
        return new String[] {"--firewall-backend=nftables"};
    }

    @Override
    void allow() {
        isConnected();
        assertThat(host.sh("iptables -S ufw-user-forward").ok())
                .contains("-i docker0 -m comment --comment netd -j ACCEPT", "-o docker0 -m comment");
        assertThat(host.sh("ufw status").ok()).doesNotContain("docker0");
        super.allow();
    }

    /** A rule of its owner's comes first, at once and after a reload. */
    @Test
    void whatUfwDeniesStaysDenied() {
        host.sh("ufw --force enable").ok();
        runDetached("--name", "web", "-p", "8080:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
        isConnected();

        host.sh("ufw route deny in on uplink out on docker0").ok();
        isShut();
        host.sh("ufw reload").ok();
        isShut();
        host.sh("ufw route delete deny in on uplink out on docker0").ok();
        isConnected();
    }

    private void isShut() {
        host.sh("for i in $(seq 100); do ip netns exec wire curl -sS --max-time 1 http://" + Host.ADDRESS
                        + ":8080/ || exit 0; sleep 0.05; done; exit 1")
                .ok();
    }
}
