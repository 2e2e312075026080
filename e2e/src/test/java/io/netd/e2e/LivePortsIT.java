package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ports are published and taken back while containers run; who has a port is known. */
class LivePortsIT extends NetdTestBase {
    private static final String PAGE = "hello from a container";
    private static final String BRIDGE = "{\"cniVersion\":\"1.0.0\",\"name\":\"live\",\"type\":\"bridge\","
            + "\"bridge\":\"cni-lp0\",\"isDefaultGateway\":true,\"ipam\":{\"type\":\"host-local\","
            + "\"dataDir\":\"/run/live-leases\",\"ranges\":[[{\"subnet\":\"10.38.0.0/24\"}]]}}";

    /** The first network with IPv6 turns forwarding on. */
    @Override
    void furnish() {
        host.sh("sysctl -qw net.ipv6.conf.all.forwarding=1").ok();
    }

    @Test
    void portsComeAndGo() {
        serve();
        assertThat(host.netctl("port", "add", "web", "-p", "8090:80", "-p", "127.0.0.1:8091:80")
                        .ok())
                .isEqualTo("80/tcp -> 0.0.0.0:8090\n80/tcp -> 127.0.0.1:8091");
        assertThat(host.netctl("port", "web").ok()).contains("0.0.0.0:8090", "127.0.0.1:8091");
        assertThat(fetch(8090)).isEqualTo(PAGE);
        assertThat(host.sh("curl -sS --max-time 5 http://127.0.0.1:8091/").ok()).isEqualTo(PAGE);

        host.netctl("port", "rm", "web", "-p", "8090:80").ok();
        assertThat(host.sh("ip netns exec wire curl -sS --max-time 1 http://" + Host.ADDRESS + ":8090/")
                        .exitCode())
                .isNotZero();
        assertThat(host.sh("ss -Htln sport = :8090").ok()).isEmpty();
        assertThat(host.sh("curl -sS --max-time 5 http://127.0.0.1:8091/").ok()).isEqualTo(PAGE);
        assertThat(host.netctl("port", "web").ok()).isEqualTo("80/tcp -> 127.0.0.1:8091");
        assertThat(host.netctl("port", "rm", "web", "-p", "8090:80").err()).contains("8090", "not published for web");
    }

    /** The one that stands is the one too many. */
    @Test
    void portsOfSeveralTimesAreCountedTogether() {
        serve();
        host.netctl("port", "add", "web", "-p", "8102:80").ok();
        assertThat(host.netctl("port", "add", "web", "-p", "30001-50000:1-20000"))
                .satisfies(refused -> {
                    assertThat(refused.exitCode()).isEqualTo(1);
                    assertThat(refused.err()).contains("too many published ports: a container has at most 20000");
                });
        assertThat(host.netctl("port", "web").ok()).isEqualTo("80/tcp -> 0.0.0.0:8102");
    }

    @Test
    void onePortOfManyThatTheContainerBeganWithGoesAlone() {
        runDetached("--name", "web", "-p", "8092-8094:80-82", IMAGE, "httpd", "-f", "-p", "81", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :81; do :; done")
                .ok();
        host.netctl("port", "rm", "web", "-p", "8092:80", "-p", "8094:82").ok();
        assertThat(fetch(8093)).isEqualTo(PAGE);
        assertThat(host.netctl("port", "web").ok()).isEqualTo("81/tcp -> 0.0.0.0:8093");
        assertThat(host.sh("iptables-save; nft list ruleset; ss -Htln").ok())
                .doesNotContain("8092")
                .doesNotContain("8094");
    }

    /** One socket holds the port of both families, until one of them goes. */
    @Test
    void oneFamilyOfAPortGoesAlone() {
        host.netctl("network", "create", "--ipv6", "both").ok();
        runDetached("--name", "web", "--net", "both", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
        host.netctl("port", "add", "web", "-p", "8101:80").ok();
        assertThat(loopback6(8101).ok()).isEqualTo(PAGE);

        host.netctl("port", "rm", "web", "-p", "[::]:8101:80").ok();

        assertThat(host.netctl("port", "web").ok()).isEqualTo("80/tcp -> 0.0.0.0:8101");
        assertThat(loopback6(8101).exitCode()).isNotZero();
        assertThat(fetch(8101)).isEqualTo(PAGE);
        assertThat(host.sh("ss -Hltn sport = :8101").ok())
                .contains("0.0.0.0:8101")
                .doesNotContain("*:8101");
        assertThat(host.netctl("port", "add", "web", "-p", "[::]:8101:80").ok()).isEqualTo("80/tcp -> [::]:8101");
        assertThat(loopback6(8101).ok()).isEqualTo(PAGE);
        assertThat(fetch(8101)).isEqualTo(PAGE);
        host.netctl("port", "rm", "web", "-p", "0.0.0.0:8101:80").ok();
        assertThat(loopback6(8101).ok()).isEqualTo(PAGE);
        host.netctl("rm", "-f", "web").ok();
        host.netctl("network", "rm", "both").ok();
    }

    private Output loopback6(int port) {
        return host.sh("curl -g -sS --max-time 5 http://[::1]:" + port + "/");
    }

    @Test
    void whatWasAnsweredOutlivesAKill() {
        serve();
        host.netctl("port", "add", "web", "-p", "8095:80", "-p", "8096:80").ok();
        host.netctl("port", "rm", "web", "-p", "8096:80").ok();
        daemon.kill();
        daemon = Daemon.start(host, options());
        assertThat(host.netctl("port", "web").ok()).isEqualTo("80/tcp -> 0.0.0.0:8095");
        assertThat(fetch(8095)).isEqualTo(PAGE);
        assertThat(host.sh("ss -Htln sport = :8095").ok()).contains("8095");
        assertThat(host.netctl("run", "-d", "--name", "second", "-p", "8095:80", IMAGE, "true"))
                .satisfies(refused -> {
                    assertThat(refused.exitCode()).isEqualTo(125);
                    assertThat(refused.err())
                            .contains(
                                    "failed to set up container networking: driver failed programming external connectivity on"
                                            + " endpoint second (")
                            .contains("Bind for 0.0.0.0:8095 failed: port is already allocated", "container web");
                });
        assertThat(inspect("second").at("/State/Status").asText()).isEqualTo("created");
    }

    @Test
    void aPortThatWasStolenMeanwhileIsToldAndKeepsItsRules() {
        serve();
        host.netctl("port", "add", "web", "-p", "8097:80").ok();
        daemon.kill();
        Process thief = host.start("python3", "-m", "http.server", "8097");
        try {
            host.sh("until ss -Htln | grep -q :8097; do :; done").ok();
            daemon = Daemon.start(host, options());
            assertThat(daemon.log()).contains("failed to bind host port 0.0.0.0:8097/tcp", "python3 (pid ");
            assertThat(fetch(8097)).isEqualTo(PAGE);
            assertThat(host.netctl("port", "owner", "8097").ok())
                    .contains("0.0.0.0:8097 -> 80/tcp of container web (")
                    .contains("8097/tcp is bound by python3 (pid ");
        } finally {
            thief.destroy();
        }
    }

    @Test
    void theOwnerOfAPortIsKnown() {
        serve();
        host.netctl("port", "add", "web", "-p", "8098:80").ok();
        JsonNode owner = json(
                host.netctl("port", "owner", "8098/tcp", "--format", "json").ok());
        assertThat(owner.at("/kind").asText()).isEqualTo("container");
        assertThat(owner.at("/name").asText()).isEqualTo("web");
        assertThat(host.netctl("port", "owner", "8099").ok()).isEqualTo("nobody has port 8099");
        assertThat(host.netctl("doctor").out()).contains("1 host ports are held");
    }

    @Test
    void attachmentsOfOtherRuntimesHaveLivePortsToo() {
        host.sh("ip netns add pod && ip -n pod link set lo up").ok();
        host.plugin(Host.ours("bridge"), BRIDGE, Map.of("CNI_COMMAND", "ADD")).ok();
        Process server = host.start("ip", "netns", "exec", "pod", "python3", "-m", "http.server", "80");
        try {
            host.sh("until ip netns exec pod ss -Htln | grep -q :80; do :; done")
                    .ok();
            assertThat(host.netctl("port", "add", "pod", "-p", "8100:80").ok()).contains("0.0.0.0:8100");
            assertThat(host.sh("ip netns exec wire curl -sS --max-time 5 -o /dev/null -w '%{http_code}' http://"
                                    + Host.ADDRESS + ":8100/")
                            .ok())
                    .isEqualTo("200");
            assertThat(host.netctl("port", "owner", "8100").ok()).contains("attachment pod1 (pod1)");
        } finally {
            server.destroy();
        }
        host.plugin(Host.ours("bridge"), BRIDGE, Map.of("CNI_COMMAND", "DEL")).ok();
        assertThat(host.sh("iptables-save; nft list ruleset; ss -Htln").ok()).doesNotContain("8100");
        host.sh("ip netns del pod; ip link del cni-lp0; rm -r /run/live-leases").ok();
    }

    private void serve() {
        runDetached("--name", "web", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
    }

    private String fetch(int port) {
        return host.sh("ip netns exec wire curl -sS --max-time 5 http://" + Host.ADDRESS + ":" + port + "/")
                .ok();
    }
}
