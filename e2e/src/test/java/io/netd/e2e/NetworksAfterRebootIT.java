package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users defined is there again after a boot, and a bridge of netd's own is known without what a boot takes. */
class NetworksAfterRebootIT extends NetdTestBase {
    private String link = "";

    @Override
    void furnish() {
        host.sh("sysctl -qw net.ipv6.conf.all.forwarding=1 net.ipv4.ip_forward=1")
                .ok();
    }

    @BeforeEach
    void aNetworkIsThere() {
        link = "br-"
                + host.netctl("network", "create", "--ipv6", "--subnet", "10.70.0.0/24", "blue")
                        .ok()
                        .substring(0, 12);
    }

    /** But for docker0, which is another one after a boot. */
    @AfterEach
    @Override
    void hostIsAsBefore() {
        host.netctl("network", "rm", "-f", "blue").ok();
        assertThat(host.sh("ip -o link show type bridge").ok().lines()).hasSize(1);
        assertThat(host.sh("iptables-save; ip6tables-save").ok())
                .doesNotContain("br-")
                .containsOnlyOnce("-j NETD-USER");
        assertThat(host.sh("ls /run/netd/networks").ok()).isEqualTo("bridge.json");
    }

    @Test
    void theBridgeIsMadeAgain() {
        String before = facts();

        withoutADaemon(() -> {
            host.sh("ip link del " + link + "; ip link del docker0; rm -r /run/netd")
                    .ok();
            host.sh("nft flush ruleset").ok();
        });

        assertThat(facts()).isEqualTo(before);
        host.netctl("run", "--rm", "--net", "blue", IMAGE, "ping", "-c", "1", "-W", "2", Host.NEIGHBOUR)
                .ok();
    }

    @Test
    void aBridgeThatStayedIsKnownAndGoesWithItsNetwork() {
        String before = facts();
        withoutADaemon(() -> host.sh("ip link del docker0; rm -r /run/netd").ok());

        assertThat(facts()).isEqualTo(before);
        host.netctl("network", "rm", "blue").ok();
        assertThat(host.sh("ip link show " + link).exitCode()).isNotZero();
    }

    @Test
    void aStrangersBridgeOfThatNameIsLeftAlone() {
        withoutADaemon(() -> host.sh("ip link del " + link + "; ip link add " + link + " type bridge")
                .ok());

        Output run = host.netctl("run", "--rm", "--net", "blue", IMAGE, "true");
        assertThat(run.err())
                .contains("network blue is not there: link " + link + " is not the one that netd made: remove the link,"
                        + " or network blue");
        host.netctl("network", "rm", "blue").ok();
        host.sh("ip link show " + link + " && ip link del " + link).ok();
    }

    @Test
    void aMakingThatBrokeOffLeavesNothing() {
        String name = "br-half";
        withoutADaemon(() -> {
            // As if netd had been killed between the bridge and the definition.
            host.sh("cd /run/netd/networks && sed 's/blue/half/g; s/" + link + "/" + name + "/g;"
                            + " s/10\\.70\\.0/10.71.0/g' blue.json >half.json && ip link add " + name
                            + " address $(cat /sys/class/net/" + link + "/address) type bridge")
                    .ok();
        });

        assertThat(host.sh("ip link show " + name).exitCode()).isNotZero();
        assertThat(host.netctl("network", "ls", "--format", "{{.Name}}").ok()).doesNotContain("half");
    }

    /** Of the bridge, and of the rules for it. */
    private String facts() {
        return host.sh("cat /sys/class/net/" + link + "/address; ip -o address show dev " + link
                        + " scope global | sed 's/.*inet/inet/; s/valid.*//'; (iptables-save; ip6tables-save) | grep -- "
                        + link + " | sort")
                .ok();
    }
}
