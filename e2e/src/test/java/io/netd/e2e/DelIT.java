package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DEL succeeds whatever is missing and whoever calls at the same time; ports have one holder. */
class DelIT extends NetdTestBase {
    private static final int AT_ONCE = 16;
    private static final String BRIDGE = """
            {"cniVersion":"1.0.0","name":"gone","type":"bridge","bridge":"cni-del0","isDefaultGateway":true,"ipMasq":true,
             "ipam":{"type":"host-local","subnet":"10.39.0.0/24","dataDir":"/run/leases"}}
            """;
    private static final String PTP = """
            {"cniVersion":"1.0.0","name":"gone","type":"ptp","ipMasq":true,
             "ipam":{"type":"host-local","subnet":"10.39.0.0/24","dataDir":"/run/leases","routes":[{"dst":"0.0.0.0/0"}]}}
            """;
    private static final String PORTMAP = """
            {"cniVersion":"1.0.0","name":"gone","type":"portmap"%s}
            """;
    private static final String PORTS =
            ",\"runtimeConfig\":{\"portMappings\":[{\"hostPort\":8070,\"containerPort\":80,\"protocol\":\"udp\"}]}";

    private final Executor callers = task -> new Thread(task, "caller").start();

    @BeforeEach
    void makeANamespace() {
        host.run("ip", "netns", "add", "pod").ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        String left = host.sh("ip -o link | grep veth; nft list ruleset | grep -e 10.39. -e 8070;"
                        + " find /run/leases -name '10.*'")
                .out();
        for (String name : host.sh("ls /run/netns").ok().split("\\s+")) {
            if (name.startsWith("pod")) {
                host.run("ip", "netns", "del", name);
            }
        }
        host.run("ip", "link", "del", "cni-del0");
        host.run("rm", "-rf", "/run/leases");
        super.hostIsAsBefore();
        assertThat(left).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bridge",
                "host",
                "none",
                "container",
                "portmap",
                "tuning",
                "loopback",
                "ptp",
                "host-local",
                "static",
                "firewall",
                "bandwidth"
            })
    void beforeAnyAddAndAgainAndWithoutNamespaceEveryPluginSucceeds(String plugin) {
        String config =
                "{\"cniVersion\":\"1.0.0\",\"name\":\"gone\",\"type\":\"" + plugin + "\",\"container\":\"nobody\","
                        + "\"ipam\":{\"type\":\"host-local\",\"subnet\":\"10.39.0.0/24\",\"dataDir\":\"/run/leases\"}}";
        for (String netns : new String[] {"", "/run/netns/pod", "/run/netns/vanished", "/etc/passwd"}) {
            Output output = call(plugin, "DEL", config, Map.of("CNI_NETNS", netns));
            assertThat(output.ok()).as(plugin + " " + netns).isEmpty();
        }
    }

    /** The plugins that connect a container by a pair of links. */
    static Stream<Arguments> pairs() {
        return Stream.of(Arguments.of("bridge", BRIDGE), Arguments.of("ptp", PTP));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void portsGoWithoutMappingsPreviousResultOrNamespace(String type, String network) {
        String result = call(type, "ADD", network, Map.of()).ok();
        call("portmap", "ADD", PORTMAP.formatted(PORTS + ",\"prevResult\":" + result), Map.of())
                .ok();
        host.run("ip", "netns", "del", "pod").ok();
        call("portmap", "DEL", PORTMAP.formatted(""), Map.of("CNI_NETNS", "")).ok();
        call(type, "DEL", network, Map.of("CNI_NETNS", "")).ok();
        call(type, "DEL", network, Map.of("CNI_NETNS", "")).ok();
    }

    @Test
    void aNewNamespaceAtTheSamePathIsLeftAlone() {
        call("bridge", "ADD", BRIDGE, Map.of()).ok();
        host.run("ip", "netns", "del", "pod").ok();
        host.run("ip", "netns", "add", "pod").ok();
        host.run("ip", "-n", "pod", "link", "add", "eth0", "type", "bridge").ok();
        call("bridge", "DEL", BRIDGE, Map.of()).ok();
        assertThat(host.sh("ip -n pod -o link show dev eth0").ok()).contains("eth0");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void sixteenAtOnceOnOneContainerAllSucceed(String type, String network) {
        String result = call(type, "ADD", network, Map.of()).ok();
        call("portmap", "ADD", PORTMAP.formatted(PORTS + ",\"prevResult\":" + result), Map.of())
                .ok();
        List<CompletableFuture<Output>> all = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            String plugin = i % 2 == 0 ? type : "portmap";
            String config = i % 2 == 0 ? network : PORTMAP.formatted("");
            all.add(CompletableFuture.supplyAsync(() -> call(plugin, "DEL", config, Map.of()), callers));
        }
        all.forEach(call -> call.join().ok());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void sixteenContainersComeAndGoAtOnce(String type, String network) {
        for (String command : new String[] {"ADD", "DEL"}) {
            List<CompletableFuture<Output>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                String name = "pod" + i;
                host.run("ip", "netns", "add", name);
                Map<String, String> which = Map.of("CNI_CONTAINERID", name, "CNI_NETNS", "/run/netns/" + name);
                all.add(CompletableFuture.supplyAsync(() -> call(type, command, network, which), callers));
            }
            all.forEach(call -> call.join().ok());
            assertThat(host.sh("ip -o link | grep -c veth").out().strip())
                    .isEqualTo(command.equals("ADD") ? Integer.toString(AT_ONCE) : "0");
        }
    }

    @Test
    void aPortIsRefusedByTheNameOfItsHolderThroughEitherDoor() {
        String config = PORTMAP.formatted(PORTS + ",\"prevResult\":"
                + call("bridge", "ADD", BRIDGE, Map.of()).ok());
        Map<String, String> named = Map.of("CNI_ARGS", "IgnoreUnknown=1;K8S_POD_NAME=web-7");
        runDetached("--name", "resolver", "-p", "8070:53/udp", IMAGE, "sleep", "1000");
        Output refused = call("portmap", "ADD", config, named);
        assertThat(json(refused.out()).at("/code").asInt()).isEqualTo(101);
        assertThat(json(refused.out()).at("/msg").asText()).contains("resolver", "8070");
        removeContainers();
        call("portmap", "ADD", config, named).ok();
        assertThat(host.netctl("run", "-d", "-p", "8070:53/udp", IMAGE, "sleep", "1000")
                        .err())
                .contains("web-7");
        call("portmap", "DEL", PORTMAP.formatted(""), Map.of()).ok();
        call("bridge", "DEL", BRIDGE, Map.of()).ok();
    }

    private Output call(String plugin, String command, String config, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of("CNI_COMMAND", command));
        environment.putAll(more);
        return host.plugin(Host.ours(plugin), config, environment);
    }
}
