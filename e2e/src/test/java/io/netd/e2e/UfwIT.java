package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host with Debian's ufw, which drops what is forwarded, in a mount namespace that has an {@code /etc/ufw} of its own. */
class UfwIT extends NetdTestBase {
    @Override
    void furnish() {
        host.sh("mkdir -p /run/etc-ufw && cp -r /etc/ufw/. /run/etc-ufw/ && mount --bind /run/etc-ufw /etc/ufw"
                        + " && cp /etc/default/ufw /run/default-ufw && sed -i s/IPV6=yes/IPV6=no/ /run/default-ufw"
                        + " && mount --bind /run/default-ufw /etc/default/ufw"
                        + " && for t in raw nat filter; do iptables -t $t -S; done")
                .ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        removeContainers();
        daemon.terminate();
        host.sh("ufw --force disable; nft flush ruleset; rm -f /run/ufw.lock").ok();
        daemon = Daemon.start(host, options());
        super.hostIsAsBefore();
    }

    @Test
    void containersAreReachedAndGoOutWhateverUfwDoes() {
        runDetached("--name", "web", "-p", "8080:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
        isConnected();

        host.sh("ufw --force enable").ok();
        assertThat(host.sh("iptables -S FORWARD").ok()).contains("-P FORWARD DROP");
        allow();
        isConnected();
        host.sh("ufw reload").ok();
        isConnected();
        host.sh("ufw --force disable").ok();
        isConnected();
    }

    /** Netd's rules accept before ufw's policy drops. */
    void allow() {
        assertThat(host.netctl("doctor").out()).doesNotContain("of what netd accepts");
        assertThat(host.netctl("port", "add", "web", "-p", "8081:80").err()).isEmpty();
    }

    void isConnected() {
        host.sh("for i in $(seq 40); do ip netns exec wire curl -sS --max-time 1 http://" + Host.ADDRESS + ":8080/ && "
                        + Host.dist() + "/bin/netctl exec web ping -c 1 -W 1 " + Host.NEIGHBOUR
                        + " && exit; sleep 0.1; done; exit 1")
                .ok();
    }
}
