package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ports are published and taken back over the bus, and everybody there hears of it. */
class PortBusIT extends NetdTestBase {
    private static final String BUS = "/run/netd/bus.sock";
    private static final String PUBLISH = "netd.port.publish";
    private static final String UNPUBLISH = "netd.port.unpublish";

    @Test
    void requestsAreAnsweredWithWhatWasDone() {
        runDetached("--name", "web", IMAGE, "sleep", "1000");
        try (BusClient client = BusClient.connect(host.file(BUS))) {
            JsonNode answer =
                    client.ask(PUBLISH, "{\"container\":\"web\",\"ports\":[\"8101:80\",\"127.0.0.1:8102:53/udp\"]}");

            assertThat(answer.at("/body/ports"))
                    .as(answer.toString())
                    .isEqualTo(
                            json(
                                    "[{\"hostIp\":\"0.0.0.0\",\"hostPort\":8101,\"containerPort\":80,\"protocol\":\"tcp\"},"
                                            + "{\"hostIp\":\"127.0.0.1\",\"hostPort\":8102,\"containerPort\":53,\"protocol\":\"udp\"}]"));
            assertThat(host.netctl("port", "web").ok()).contains("80/tcp -> 0.0.0.0:8101", "53/udp -> 127.0.0.1:8102");

            JsonNode gone = client.ask(UNPUBLISH, "{\"container\":\"web\",\"ports\":[\"8101:80\"]}");

            assertThat(gone.at("/body/ports/0/hostPort").asInt())
                    .as(gone.toString())
                    .isEqualTo(8101);
            assertThat(host.netctl("port", "web").ok()).isEqualTo("53/udp -> 127.0.0.1:8102");
        }
    }

    @Test
    void containersThatAreConnectedOverTheBusHavePortsToo() {
        host.sh("ip netns add pod && ip -n pod link set lo up").ok();
        Process server = host.start("ip", "netns", "exec", "pod", "python3", "-m", "http.server", "80");
        try (BusClient client = BusClient.connect(host.file(BUS))) {
            host.sh("until ip netns exec pod ss -Htln | grep -q :80; do :; done")
                    .ok();
            client.ask(
                    "netd.container.created",
                    "{\"id\":\"facade0123\",\"name\":\"guest\",\"networkNamespace\":\"/run/netns/pod\"}");

            int port = 8108;
            for (String name : List.of("guest", "facade0123", "faca")) {
                assertThat(host.netctl("port", "add", name, "-p", port + ":80").ok())
                        .isEqualTo("80/tcp -> 0.0.0.0:" + port);
                assertThat(status(port)).as(name).isEqualTo("200");
                port++;
            }
            JsonNode answer = client.ask(PUBLISH, "{\"container\":\"faca\",\"ports\":[\"8111:80\"]}");
            assertThat(answer.at("/body/ports/0/hostPort").asInt())
                    .as(answer.toString())
                    .isEqualTo(8111);
            assertThat(host.netctl("port", "guest").ok()).contains("8108", "8109", "8110", "8111");
            host.netctl("port", "rm", "faca", "-p", "8109:80").ok();
            assertThat(host.netctl("port", "owner", "8109").ok()).isEqualTo("nobody has port 8109");

            client.ask("netd.container.died", "{\"id\":\"facade0123\",\"name\":\"guest\"}");
            assertThat(host.netctl("port", "add", "guest", "-p", "8108:80").err())
                    .contains("No such container: guest");
        } finally {
            server.destroy();
        }
        host.sh("ip netns del pod").ok();
    }

    private String status(int port) {
        return host.sh("ip netns exec wire curl -sS --max-time 5 -o /dev/null -w '%{http_code}' http://" + Host.ADDRESS
                        + ":" + port + "/")
                .ok();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "netd.port.publish; 3; 7; the body must be a JSON object",
                "netd.port.publish; {}; 7; \"container\" and \"ports\" must say",
                "netd.port.publish; {\"container\":\"web\",\"ports\":[]}; 7; \"container\" and \"ports\" must say",
                "netd.port.publish; {\"container\":\"web\",\"ports\":\"8103:80\"}; 7; JsonArray",
                "netd.port.publish; {\"container\":\"web\",\"ports\":[\"8103:eighty\"]}; 7; eighty",
                "netd.port.publish; {\"container\":\"nobody\",\"ports\":[\"8103:80\"]}; 999; nobody",
                "netd.port.publish; {\"container\":\"web\",\"ports\":[\"8103:80\",\"8104:80\"]}; 999; port is already allocated",
                "netd.port.unpublish; {\"container\":\"web\",\"ports\":[\"8103:80\"]}; 999; is not published for web",
            })
    void whatCannotBeDoneIsAnsweredAndLeavesNothing(String address, String body, int code, String message) {
        runDetached("--name", "web", IMAGE, "sleep", "1000");
        runDetached("--name", "other", "-p", "8104:80", IMAGE, "sleep", "1000");
        try (BusClient client = BusClient.connect(host.file(BUS))) {
            JsonNode answer = client.ask(address, body);

            assertThat(answer.at("/type").asText()).as(answer.toString()).isEqualTo("err");
            assertThat(answer.at("/failureCode").asInt()).as(answer.toString()).isEqualTo(code);
            assertThat(answer.at("/message").asText()).contains(message);
            assertThat(host.netctl("port", "web").ok()).isEmpty();
            assertThat(host.sh("iptables-save; ss -Htln").ok()).doesNotContain("8103");
        }
    }

    @Test
    void portsThatComeAndGoAreTold() {
        runDetached("--name", "web", IMAGE, "sleep", "1000");
        try (BusClient client = BusClient.connect(host.file(BUS));
                BusClient listener = BusClient.connect(host.file(BUS))) {
            listener.register("netd.events");
            host.netctl("run", "--rm", "--net", "none", IMAGE, "true").ok();
            listener.event("netd.container.removed");

            host.netctl("port", "add", "web", "-p", "8105:80").ok();
            JsonNode published = listener.event("netd.port.published");
            assertThat(published.at("/subject").asText()).isEqualTo("0.0.0.0:8105/tcp");
            assertThat(published.at("/payload/name").asText()).isEqualTo("web");
            assertThat(published.at("/payload/containerPort").asInt()).isEqualTo(80);
            client.ask(PUBLISH, "{\"container\":\"web\",\"ports\":[\"127.0.0.1:8106:81\"]}");
            assertThat(listener.event("netd.port.published").at("/subject").asText())
                    .isEqualTo("127.0.0.1:8106/tcp");
            client.ask(UNPUBLISH, "{\"container\":\"web\",\"ports\":[\"8106:81\"]}");
            assertThat(listener.event("netd.port.unpublished").at("/subject").asText())
                    .isEqualTo("127.0.0.1:8106/tcp");
            host.netctl("rm", "-f", "web").ok();
            assertThat(listener.event("netd.port.unpublished").at("/subject").asText())
                    .isEqualTo("0.0.0.0:8105/tcp");
        }
    }

    /** It is lost before anybody can be connected; everybody who comes is told. */
    @ParameterizedTest
    @CsvSource({"netd.events", "netd.port.lost"})
    void aPortThatWasLostWhileNetdDidNotRunIsToldToWhoComes(String address) {
        runDetached("--name", "web", "-p", "8107:80", IMAGE, "sleep", "1000");
        daemon.kill();
        Process thief = host.start("python3", "-m", "http.server", "8107");
        try {
            host.sh("until ss -Htln | grep -q :8107; do :; done").ok();
            daemon = Daemon.start(host, options());
            for (int i = 0; i < 2; i++) {
                try (BusClient listener = BusClient.connect(host.file(BUS))) {
                    listener.register(address);
                    JsonNode lost = listener.event("netd.port.lost");
                    assertThat(lost.at("/subject").asText()).isEqualTo("0.0.0.0:8107/tcp");
                    assertThat(lost.at("/payload/name").asText()).isEqualTo("web");
                    assertThat(lost.at("/payload/command").asText()).isEqualTo("python3");
                    assertThat(lost.at("/payload/pid").asInt()).isPositive();
                }
            }
        } finally {
            thief.destroy();
        }
    }
}
