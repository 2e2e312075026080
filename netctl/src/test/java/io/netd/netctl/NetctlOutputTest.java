package io.netd.netctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netd.netctl.api.ContainerSummary;
import io.netd.netctl.api.DoctorCheck;
import io.netd.netctl.api.EventLine;
import io.netd.netctl.api.Netd;
import io.netd.netctl.api.NetworkSummary;
import io.netd.netctl.api.PublishedPort;
import io.netd.netctl.api.Topology;
import io.netd.netctl.api.VersionInfo;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What commands print, in every format. */
class NetctlOutputTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String OTHER_ID = "fedcba9876543210".repeat(4);

    @Test
    void aTableTemplateHasItsOwnColumns() {
        List<NetworkSummary> networks = List.of(
                new NetworkSummary(ID, "bridge", "bridge", "local", List.of("172.17.0.0/16")),
                new NetworkSummary(OTHER_ID, "none", "null", "local", List.of()));

        assertThat(shown(networks, "network", "ls", "--format", "table {{.Name}}\\t{{.ID}}\\t{{.Subnets}}"))
                .isEqualTo("""
                        NAME     NETWORK ID     SUBNETS
                        bridge   0123456789ab   172.17.0.0/16
                        none     fedcba987654  \s
                        """);
        assertThat(shown(List.of(), "network", "ls", "--format", "table {{.Name}}\\t{{.CreatedAt}}"))
                .isEqualTo("NAME   CREATED AT\n");
    }

    @Test
    void portsAreSortedAsPeopleSort() {
        List<PublishedPort> ports = List.of(
                new PublishedPort("::", 3456, 443, "tcp"),
                new PublishedPort("0.0.0.0", 3456, 443, "tcp"),
                PublishedPort.exposed(1, "tcp"),
                new PublishedPort("0.0.0.0", 12000, 80, "tcp"),
                new PublishedPort("0.0.0.0", 9000, 80, "tcp"));

        assertThat(shown(ports, "port", "web")).isEqualTo("""
                80/tcp -> 0.0.0.0:9000
                80/tcp -> 0.0.0.0:12000
                443/tcp -> 0.0.0.0:3456
                443/tcp -> [::]:3456
                """);
        assertThat(shown(ports, "port", "web", "443/TCP")).isEqualTo("0.0.0.0:3456\n[::]:3456\n");
        assertThat(shown(ports, "port", "--format", "json", "web", "443")).isEqualTo("""
                {"ContainerPort":443,"Protocol":"tcp","HostIp":"0.0.0.0","HostPort":3456}
                {"ContainerPort":443,"Protocol":"tcp","HostIp":"::","HostPort":3456}
                """);
        assertThat(shown(ports, "port", "--format", "{{.HostPort}}", "web", "80"))
                .isEqualTo("9000\n12000\n");
    }

    @Test
    void thePictureSaysWhoSharesWhoseNetwork() {
        Topology.Plug web = new Topology.Plug("veth1", "eth0", "web", ID, List.of("172.17.0.2/16"), ports());
        Topology topology = new Topology(
                List.of(new Topology.Bridge("docker0", "bridge", List.of("172.17.0.1/16"), List.of(web))),
                List.of(
                        new Topology.Detached("beside", OTHER_ID, "container:" + ID),
                        new Topology.Detached("alone", OTHER_ID, "none"),
                        new Topology.Detached("lonely", OTHER_ID, "container:" + OTHER_ID)));

        assertThat(shown(topology, "topology")).isEqualTo("""
                [docker0] 172.17.0.1/16  bridge of network bridge
                 └── veth1 ─── eth0 172.17.0.2/16  [web] 0123456789ab
                          ports 0.0.0.0:8000-8002 ──> 80-82/tcp, 0.0.0.0:8003 ──> 83/udp, 127.0.0.1:9000 ──> 90/tcp
                          shared by [beside] fedcba987654
                [alone] fedcba987654  network none
                [lonely] fedcba987654  network container:fedcba987654
                """);
    }

    @Test
    void anEventsLineHasWhatTheEventHas() {
        EventLine event = new EventLine(
                7,
                Instant.parse("2026-11-24T00:38:43Z"),
                "netd.container.started",
                "c1",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("version", 1)
                        .put("name", "web")
                        .put("network", "")
                        .put("exitCode", 0)
                        .set("addresses", JsonNodeFactory.instance.arrayNode()),
                Map.of());

        String line = shown(
                (proxy, method, arguments) -> {
                    @SuppressWarnings("unchecked")
                    Consumer<EventLine> sink = (Consumer<EventLine>) arguments[1];
                    sink.accept(event);
                    return null;
                },
                "events");

        assertThat(line).isEqualTo("2026-11-24T00:38:43Z container started c1 (name=web, exitCode=0)\n");
    }

    @Test
    void jsonAndTemplatesUseDockersKeys() {
        VersionInfo version = new VersionInfo("1.2", "1.0", "25", "linux", "amd64", "6.1", List.of("1.1.0"));
        Map<String, Object> info = Map.of("ServerVersion", "1.2");

        assertThat(shown(version, "version", "--format", "{{.Server.Version}} {{.Server.ApiVersion}}"))
                .isEqualTo("1.2 1.0\n");
        assertThat(shown(version, "version", "--format", "json")).startsWith("{\"Client\":{\"Version\":\"1.2\"}");
        assertThat(shown(info, "info", "--format", "{{.ServerVersion}}")).isEqualTo("1.2\n");
        assertThat(shown(info, "info")).isEqualTo("Server Version: 1.2\n");
    }

    @Test
    void aFieldThatOneThingHasAndAnotherHasNotIsNoMistake() {
        ObjectNode container = JsonNodeFactory.instance.objectNode();
        container.putObject("State").put("Pid", 7);

        assertThat(shown(container, "inspect", "--format", "{{.State.Pid}} {{.State.Health}}", "web"))
                .isEqualTo("7 <no value>\n");
    }

    @Test
    void everyFormatIsATemplateOrJson() {
        DoctorCheck check = new DoctorCheck("kernel", DoctorCheck.Verdict.OK, "Linux 6.1", Optional.empty());

        assertThat(shown(List.of(check), "doctor", "--format", "{{.name}} {{.verdict}}"))
                .isEqualTo("kernel OK\n");
        assertThat(shown(new Topology(List.of(), List.of()), "topology", "--format", "{{.others}}"))
                .isEqualTo("[]\n");
        assertThat(shown(JsonNodeFactory.instance.objectNode().put("Id", ID), "inspect", "--format", "json", "web"))
                .isEqualTo("[{\"Id\":\"" + ID + "\"}]\n");
    }

    private static String shown(Object answer, String... words) {
        return shown((InvocationHandler) (proxy, method, arguments) -> answer, words);
    }

    private static String shown(InvocationHandler daemon, String... words) {
        FakeTerminal terminal = new FakeTerminal();
        Netd netd = (Netd)
                Proxy.newProxyInstance(NetctlOutputTest.class.getClassLoader(), new Class<?>[] {Netd.class}, daemon);
        int code = NetctlMain.run(List.of(words), Map.of(), terminal, netd);
        assertThat(terminal.complained()).isEmpty();
        assertThat(code).isZero();
        return terminal.shown();
    }

    private static List<PublishedPort> ports() {
        return List.of(
                new PublishedPort("0.0.0.0", 8000, 80, "tcp"),
                new PublishedPort("0.0.0.0", 8001, 81, "tcp"),
                new PublishedPort("0.0.0.0", 8002, 82, "tcp"),
                new PublishedPort("0.0.0.0", 8003, 83, "udp"),
                new PublishedPort("127.0.0.1", 9000, 90, "tcp"));
    }

    private static ContainerSummary container() {
        return Summaries.running(ID, List.of("httpd"), Instant.now(), ports());
    }
}
