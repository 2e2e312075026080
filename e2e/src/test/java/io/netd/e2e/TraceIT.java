package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code netctl trace} tells what the traffic itself shows. */
class TraceIT extends NetdTestBase {
    private String container = "";

    @BeforeEach
    void publish() {
        container = runDetached(
                "--name",
                "web",
                "-p",
                "8080:80",
                "-p",
                "127.0.0.1:8081:80",
                IMAGE,
                "httpd",
                "-f",
                "-p",
                "80",
                "-h",
                "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
    }

    @Test
    void aPublishedPortIsFollowedFromEachOfFourPlaces() {
        runDetached("--name", "other", IMAGE, "sleep", "1000");
        for (String source : new String[] {Host.NEIGHBOUR, "", "other", "web"}) {
            Output output = trace(source, Host.ADDRESS + ":8080");

            assertThat(output.exitCode())
                    .as(source + output.out() + output.err())
                    .isZero();
            assertThat(output.out())
                    .as(source)
                    .contains("translated  to " + address(container) + ":80")
                    .contains("listener    httpd (pid " + pid(container) + ") on [::]:80")
                    .endsWith("answer      the connection is accepted\n");
        }
        assertThat(host.sh("curl -sS http://" + Host.ADDRESS + ":8080/").ok()).isEqualTo("hello from a container");
    }

    @Test
    void whatIsNotPublishedStopsAtTheRuleThatKeepsItOut() {
        Output direct = trace(Host.NEIGHBOUR, address(container) + ":80");
        Output loopback = trace(Host.NEIGHBOUR, Host.ADDRESS + ":8081");

        assertThat(direct.exitCode()).isEqualTo(1);
        assertThat(direct.out()).contains("stopped     dropped by ").contains(rawDrop());
        assertThat(loopback.exitCode()).isEqualTo(1);
        assertThat(loopback.out()).contains("no process listens on " + Host.ADDRESS + ":8081/tcp");
    }

    /** Words of the rule that drops what is sent to a container's address from elsewhere. */
    String rawDrop() {
        return "raw PREROUTING: -d " + address(container) + "/32 ! -i docker0 -j DROP";
    }

    @Test
    void somebodyElsesRuleIsNamed() {
        host.sh("nft 'add table inet theirs; add chain inet theirs guard { type filter hook forward priority 5; };"
                        + " add rule inet theirs guard tcp dport 80 drop'")
                .ok();

        Output output = trace(Host.NEIGHBOUR, Host.ADDRESS + ":8080");

        host.sh("nft delete table inet theirs").ok();
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.out()).endsWith("stopped     dropped by inet theirs guard: tcp dport 80 drop\n");
    }

    /** The default network has no IPv6, so that the container cannot be reached by it. */
    @Test
    void aContainerThatLacksTheHostAddressesFamilyIsNamed() {
        host.sh(
                        "ip address add 2001:db8::2/64 dev uplink nodad && ip -n wire address add 2001:db8::1/64 dev eth0 nodad")
                .ok();
        boolean isReached = host.sh("ip netns exec wire curl -sS --max-time 1 http://[2001:db8::2]:8080/")
                        .exitCode()
                == 0;
        Output output = trace("2001:db8::1", "[2001:db8::2]:8080");
        host.sh("ip address del 2001:db8::2/64 dev uplink && ip -n wire address del 2001:db8::1/64 dev eth0")
                .ok();

        assertThat(isReached).isFalse();
        assertThat(output.out()).contains("container web, which publishes the port, has no IPv6 address");
    }

    /** The relay accepts whatever the container does. */
    @Test
    void aRelayedPortThatNobodyListensOnIsNamed() {
        runDetached("--name", "idle", "-p", "8093:99", IMAGE, "sleep", "1000");

        assertThat(host.sh("curl -sS --max-time 2 http://[::1]:8093/").exitCode())
                .isNotZero();
        Output idle = trace("", "[::1]:8093");
        assertThat(idle.exitCode()).isEqualTo(1);
        assertThat(idle.out())
                .contains("stopped     no process listens on "
                        + address(inspect("idle").at("/Id").asText()) + ":99/tcp");
        assertThat(trace("", "[::1]:8080").exitCode()).isZero();
    }

    @Test
    void aContainerWhoseBridgeIsGoneIsNamedAndSoIsTheCause() {
        String bridge = "br-" + host.netctl("network", "create", "cut").ok().substring(0, 12);
        runDetached(
                "--name", "lost", "--network", "cut", "-p", "8090:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "lost", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
        String page = "ip netns exec wire curl -sS --max-time 1 http://" + Host.ADDRESS + ":8090/";
        host.sh(page).ok();
        host.sh("ip link del " + bridge).ok();

        assertThat(host.sh(page).exitCode()).isNotZero();
        String trace = host.netctl("trace", "--format", "json", Host.NEIGHBOUR, Host.ADDRESS + ":8090")
                .out();
        host.netctl("rm", "-f", "lost").ok();
        host.netctl("network", "rm", "cut").ok();
        assertThat(json(trace).at("/arrived").asBoolean()).isFalse();
        assertThat(json(trace).at("/stop/cause").asText()).isEqualTo("link-gone");
        assertThat(json(trace).at("/stop/thing").asText()).isEqualTo(bridge);
    }

    @ParameterizedTest
    @CsvSource({
        "web, no port in web: it must be DST:PORT[/tcp|udp|sctp]",
        "web:0, invalid port: 0",
        "web:80/icmp, invalid proto: icmp",
        "nobody:80, no container with a network of its own is called nobody"
    })
    void whatCannotBeTracedIsRefusedInOneLine(String target, String words) {
        Output output = host.netctl("trace", target);

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err().strip()).endsWith(words).doesNotContain("\n");
    }

    private Output trace(String source, String target) {
        return source.isEmpty() ? host.netctl("trace", target) : host.netctl("trace", source, target);
    }
}
