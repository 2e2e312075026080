package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses of the host a port is published on, by the daemon's option and by what the host has. */
class PortAddressIT extends NetdTestBase {
    private static final String PAGE = "hello from a container";

    @AfterEach
    @Override
    void hostIsAsBefore() {
        host.sh("sysctl -qw net.ipv6.conf.all.disable_ipv6=0 net.ipv6.conf.default.disable_ipv6=0")
                .ok();
        super.hostIsAsBefore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1"})
    void portsWithoutAnAddressAreWhereTheDaemonsOptionSays(String ip) {
        restart("--ip", ip);
        serve("-p", "8108:80", "-p", "127.0.0.1:8109:80");

        assertThat(host.netctl("port", "web").ok()).contains(ip + ":8108", "127.0.0.1:8109");
        assertThat(host.sh("curl -sS --max-time 5 http://127.0.0.1:8108/").ok()).isEqualTo(PAGE);
        assertThat(host.sh("ip netns exec wire curl -sS --max-time 1 http://" + Host.ADDRESS + ":8108/")
                        .exitCode())
                .isEqualTo(ip.equals("0.0.0.0") ? 0 : 7);
        restart();
    }

    /** When it starts and later: the network's address, and never the daemon's option, which is the default network's. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "0.0.0.0, 0.0.0.0", "-, 0.0.0.0"})
    void portsWithoutAnAddressAreWhereTheNetworksOptionSays(String option, String address) {
        restart("--ip", Host.ADDRESS);
        List<String> create = new ArrayList<>(List.of("network", "create", "blue"));
        if (!option.equals("-")) {
            create.addAll(List.of("-o", "com.docker.network.bridge.host_binding_ipv4=" + option));
        }
        host.netctl(create.toArray(String[]::new)).ok();
        serve("--net", "blue", "-p", "8120:80");

        assertThat(host.netctl("port", "add", "web", "-p", "8121:80", "-p", Host.ADDRESS + ":8122:80")
                        .ok()
                        .lines())
                .containsExactly("80/tcp -> " + address + ":8121", "80/tcp -> " + Host.ADDRESS + ":8122");
        assertThat(host.netctl("port", "web").ok()).contains(address + ":8120", address + ":8121");
        for (int port = 8120; port <= 8121; port++) {
            assertThat(host.sh("curl -sS --max-time 5 http://127.0.0.1:" + port + "/")
                            .ok())
                    .isEqualTo(PAGE);
            assertThat(host.sh("ip netns exec wire curl -sS --max-time 1 http://" + Host.ADDRESS + ":" + port + "/")
                            .exitCode())
                    .isEqualTo(address.equals("0.0.0.0") ? 0 : 7);
        }
        host.netctl("rm", "-f", "web").ok();
        host.netctl("network", "rm", "blue").ok();
        restart();
    }

    @Test
    void aPortOfAFamilyThatTheContainerLacksIsSaid() {
        serve("-p", "[::]:8110:80", "-p", "8111:80");

        assertThat(host.netctl("port", "web").ok()).isEqualTo("80/tcp -> 0.0.0.0:8111");
        daemon.awaitLog("port [::]:8110->80/tcp is not published: container web has no IPv6 address");
        assertThat(host.netctl("port", "add", "web", "-p", "[::]:8112:80").err())
                .contains("8112");

        assertThat(host.netctl("port", "add", "web", "-p", "[::]:8113:80", "-p", "8114:80")
                        .err())
                .isEqualTo("WARNING: port [::]:8113->80/tcp is not published: web has no IPv6 address\n");
        daemon.awaitLog("[::]:8113");
        assertThat(host.netctl("run", "-d", "--name", "also", "-p", "[::]:8117:80", IMAGE, "sleep", "1000")
                        .err())
                .isEqualTo("WARNING: port [::]:8117->80/tcp is not published: also has no IPv6 address\n");
        assertThat(host.netctl("run", "-p", "[::]:8118:80", IMAGE, "sh", "-c", "sleep 1; echo said >&2")
                        .err())
                .startsWith("WARNING: port [::]:8118->80/tcp is not published: ")
                .endsWith(" has no IPv6 address\nsaid\n");
        assertThat(host.netctl("run", "--net", "host", "-p", "[::]:8118:80", IMAGE, "true")
                        .err())
                .contains("discarded")
                .doesNotContain("not published");
        runDetached("--name", "bare", "--net", "none", IMAGE, "sleep", "1000");
        assertThat(host.netctl("port", "add", "bare", "-p", "8119:80").err())
                .endsWith("bare has no link of its own to this host that ports could lead to it by\n");
        assertThat(host.sh("ss -Htln").ok()).doesNotContain("8110", "8112", "8113", "8117", "8118");
    }

    @Test
    void aHostWhoseIpv6IsOffPublishesByIpv4() {
        host.sh("sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1")
                .ok();
        serve("-p", "8115:80");

        assertThat(host.sh("ip netns exec wire curl -sS --max-time 5 http://" + Host.ADDRESS + ":8115/")
                        .ok())
                .isEqualTo(PAGE);
        assertThat(host.netctl("port", "add", "web", "-p", "8116:80").ok()).contains("0.0.0.0:8116");
        assertThat(host.sh("ss -Htln").ok()).contains(":8115 ", ":8116 ");
    }

    private void serve(String... flags) {
        List<String> words = new ArrayList<>(List.of("--name", "web"));
        words.addAll(List.of(flags));
        words.addAll(List.of(IMAGE, "httpd", "-f", "-p", "80", "-h", "/www"));
        runDetached(words.toArray(String[]::new));
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
    }

    private void restart(String... options) {
        daemon.terminate();
        daemon = Daemon.start(host, options);
    }
}
