package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Netd with tables of its own on a host where Docker has set its rules: what is forwarded is dropped unless Docker knows
 * it, or its users' chain accepts it.
 */
class DockerOnNftablesIT extends Ipv6WireTestBase {
    private static final String PAGE = "hello from a container";

    /** As Docker 28 has them, with a network of its own on bridge dkr0. */
    private static final String DOCKER = """
            for t in iptables ip6tables; do
                $t -N DOCKER-USER; $t -N DOCKER-FORWARD; $t -N DOCKER
                $t -A DOCKER-FORWARD -o dkr0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
                $t -A DOCKER-FORWARD -o dkr0 -j DOCKER
                $t -A DOCKER-FORWARD -i dkr0 -j ACCEPT
                $t -A DOCKER ! -i dkr0 -o dkr0 -j DROP
                $t -I FORWARD -j DOCKER-FORWARD; $t -I FORWARD -j DOCKER-USER
                $t -P FORWARD DROP
            done
            """;

    @Override
    final String[] options() {
        return new String[] {"--firewall-backend=nftables", "--ipv6", "--fixed-cidr-v6", "fd17::/64"};
    }

    @Override
    void furnish() {
        super.furnish();
        host.sh(DOCKER).ok();
    }

    @Test
    void publishedPortsAnswerAndContainersGoOutAndNothingElsePasses() {
        routesToContainers();
        run("web", "-p", "8130:80");
        run("two");

        isConnected("web", 8130);
        assertThat(ping("two", "172.17.0.2")).isZero();
        for (String url : List.of("http://172.17.0.2/", "http://[fd17::2]/")) {
            assertThat(reach(url)).as(url).isFalse();
        }
        assertThat(host.sh("iptables -S DOCKER-USER").ok())
                .contains(
                        "-A DOCKER-USER -i docker0 -m comment --comment netd -j ACCEPT",
                        "-A DOCKER-USER -o docker0 -m comment --comment netd -j ACCEPT");
        assertThat(host.netctl("firewall", "show", "--actual").ok())
                .contains("iptables -t filter -A DOCKER-USER -i docker0")
                .doesNotContain("ufw-user-forward");
    }

    /** Nothing is kept from the containers' own addresses by then, and there Docker's user lets everything pass. */
    @Test
    void whatIsNotPublishedIsDroppedAllTheSame() {
        restartAlsoWith("--allow-direct-routing");
        routesToContainers();
        run("web", "-p", "8130:80");

        for (String address : List.of("172.17.0.2", "[fd17::2]")) {
            assertThat(fetch("ip netns exec wire", "http://" + address + "/")).isEqualTo(PAGE);
            assertThat(reach("http://" + address + ":8133/")).as(address).isFalse();
        }
    }

    /** The keeper hears of it; so does a daemon that starts after. */
    @ParameterizedTest
    @ValueSource(strings = {"iptables -F DOCKER-USER; ip6tables -F DOCKER-USER", "nft flush ruleset; " + DOCKER})
    void whoeverTakesItsRulesAwayOrSetsThemAnewChangesNothing(String change) {
        run("web", "-p", "8130:80");
        host.sh(change).ok();
        isConnected("web", 8130);

        daemon.kill();
        host.sh(change).ok();
        assertThat(reach("http://" + Host.ADDRESS + ":8130/")).isFalse();
        daemon = Daemon.start(host, options());
        isConnected("web", 8130);
    }

    @Test
    void dockerMayComeLater() {
        host.sh("nft delete table ip filter; nft delete table ip6 filter").ok();
        restartWith(options());
        run("web", "-p", "8130:80");
        isConnected("web", 8130);

        host.sh(DOCKER).ok();

        isConnected("web", 8130);
    }

    /** The daemon has seen the new rule when it has started again. */
    @ParameterizedTest
    @ValueSource(strings = {"-A", "-I"})
    void whatItsUsersDropThereIsDropped(String how) {
        run("web", "-p", "8130:80");
        host.sh("iptables " + how + " DOCKER-USER -s " + Host.NEIGHBOUR + " -p tcp --dport 80 -j DROP")
                .ok();

        host.sh("for i in $(seq 100); do ip netns exec wire curl -sS --max-time 1 http://" + Host.ADDRESS
                        + ":8130/ || exit 0; sleep 0.05; done; exit 1")
                .ok();
        restartWith(options());
        assertThat(reach("http://" + Host.ADDRESS + ":8130/")).isFalse();
        assertThat(fetch("ip netns exec wire", "http://[" + HOST6 + "]:8130/")).isEqualTo(PAGE);
        host.sh("iptables -D DOCKER-USER -s " + Host.NEIGHBOUR + " -p tcp --dport 80 -j DROP")
                .ok();
        isConnected("web", 8130);
    }

    @Test
    void eachNetworkHasItsOwnRulesThereAndTakesThemAway() {
        host.netctl("network", "create", "--subnet", "10.72.0.0/24", "blue").ok();
        run("sky", "--net", "blue", "-p", "8131:80");
        assertThat(fetch("ip netns exec wire", "http://" + Host.ADDRESS + ":8131/"))
                .isEqualTo(PAGE);
        assertThat(ping("sky", Host.NEIGHBOUR)).isZero();
        assertThat(host.sh("iptables -S DOCKER-USER | grep -c -e '--comment netd'")
                        .ok())
                .isEqualTo("4");

        host.netctl("rm", "-f", "sky").ok();
        host.netctl("network", "rm", "blue").ok();
        assertThat(host.sh("iptables -S DOCKER-USER | grep -c -e '--comment netd'")
                        .ok())
                .isEqualTo("2");
    }

    /** In iptables' own chains netd's accepts come before Docker's. */
    @Test
    void withIptablesNoneIsNeeded() {
        restartWith("--firewall-backend=iptables", "--ipv6", "--fixed-cidr-v6", "fd17::/64");
        run("web", "-p", "8130:80");

        isConnected("web", 8130);
        assertThat(host.sh("iptables -S DOCKER-USER").ok()).isEqualTo("-N DOCKER-USER");
    }

    private void isConnected(String container, int port) {
        for (String address : List.of(Host.ADDRESS, "[" + HOST6 + "]")) {
            host.sh("for i in $(seq 40); do ip netns exec wire curl -sSg --max-time 1 http://" + address + ":" + port
                            + "/ && exit; sleep 0.1; done; exit 1")
                    .ok();
        }
        assertThat(ping(container, Host.NEIGHBOUR)).isZero();
        assertThat(ping(container, WIRE6)).isZero();
    }
}
