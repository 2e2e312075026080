package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code bandwidth} after {@code bridge}, with a daemon and without, beside Debian's reference plugin. */
class BandwidthIT extends NetdTestBase {
    private static final String REFERENCE = "/usr/lib/cni/bandwidth";
    private static final String OURS = Host.ours("bandwidth");
    private static final String BRIDGE = """
            {"cniVersion":"1.0.0","name":"shaped","type":"bridge","bridge":"cni-shape0","isGateway":true,
             "ipam":{"type":"host-local","subnet":"10.35.0.0/24","dataDir":"/run/leases"}}
            """;
    private static final String BANDWIDTH =
            "{\"cniVersion\":\"1.0.0\",\"name\":\"shaped\",\"type\":\"bandwidth\"%s,\"prevResult\":%s}";
    private static final String LIMITS =
            ",\"ingressRate\":1000000,\"ingressBurst\":200000,\"egressRate\":7777777,\"egressBurst\":333333";

    /** As containerd sends them for a pod's annotations. */
    private static final String WISHES = ",\"runtimeConfig\":{\"bandwidth\":{\"IngressRate\":1000000,"
            + "\"IngressBurst\":4294967295,\"EgressRate\":1000000000,\"EgressBurst\":4294967295}}";

    /** Of the name that a container of this id gets on this network. */
    private static final String IFB = "bwp9732b96914f7";

    private String previous = "";
    private String before = "";

    @BeforeEach
    void makeAContainer() {
        host.run("ip", "netns", "add", "pod").ok();
        previous = call(Host.ours("bridge"), "ADD", BRIDGE).ok();
        before = shape();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        call(Host.ours("bridge"), "DEL", BRIDGE).ok();
        host.run("ip", "netns", "del", "pod");
        host.run("ip", "link", "del", "cni-shape0");
        host.run("rm", "-rf", "/run/leases");
        super.hostIsAsBefore();
    }

    @Test
    void itDoesWhatTheReferenceDoes() {
        compareWithTheReference(LIMITS);
    }

    @Test
    void whatARuntimeWishesToo() {
        compareWithTheReference(WISHES);
    }

    @Test
    void withoutADaemonToo() {
        daemon.terminate();
        try {
            compareWithTheReference(LIMITS);
        } finally {
            daemon = Daemon.start(host, options());
        }
    }

    private void compareWithTheReference(String options) {
        String chained = chained(options, previous);
        JsonNode reference = result(call(REFERENCE, "ADD", chained).ok());
        String effect = shape();
        call(OURS, "DEL", chained).ok();
        assertThat(shape()).as("the reference's device, removed by ours").doesNotContain(IFB);
        host.sh("tc qdisc del dev " + veth() + " root; tc qdisc del dev " + veth() + " ingress")
                .ok();
        assertThat(shape()).isEqualTo(before);

        String answer = call(OURS, "ADD", chained).ok();

        assertThat(result(answer)).isEqualTo(reference);
        assertThat(shape()).isEqualTo(effect).contains("\"tbf\"", "\"ingress\"", IFB);
        host.sh("ip netns exec pod busybox ping -c 1 -w 5 10.35.0.1").ok();
        assertThat(host.sh("tc -s -j qdisc show dev " + IFB).ok()).containsPattern("\"packets\":[1-9]");
        call(OURS, "CHECK", chained(options, answer)).ok();
        call(REFERENCE, "CHECK", chained(options, answer)).ok();
        host.sh("tc qdisc del dev " + IFB + " root").ok();
        assertThat(json(call(OURS, "CHECK", chained(options, answer)).out())
                        .at("/msg")
                        .asText())
                .contains("configured limit of " + IFB);
        call(OURS, "DEL", chained).ok();
        assertThat(shape()).isEqualTo(before);
        call(OURS, "DEL", chained).ok();
    }

    @Test
    void trafficIsHeldBackBothWaysAndWhatIsTooMuchIsDropped() {
        String slow = ",\"ingressRate\":64000,\"ingressBurst\":80000,\"egressRate\":64000,\"egressBurst\":80000";
        call(OURS, "ADD", chained(slow, previous)).ok();
        // Nobody answers for this address: what is counted is what was sent, and nothing comes back.
        host.sh("ip -n pod neigh add 10.35.0.99 lladdr 02:00:00:00:00:09 dev eth0")
                .ok();
        host.sh("ip neigh add 10.35.0.99 lladdr 02:00:00:00:00:09 dev cni-shape0")
                .ok();
        String flood = "bash -c 'exec 3>/dev/udp/10.35.0.99/9; dd if=/dev/zero bs=1000 count=300 >&3'";

        host.sh("ip netns exec pod " + flood + "; " + flood).ok();

        for (String link : new String[] {IFB, veth()}) {
            JsonNode counters = json(host.sh("tc -s -j qdisc show dev " + link + " root")
                            .ok())
                    .get(0);
            assertThat(counters.get("overlimits").asInt()).as(link).isPositive();
            assertThat(counters.get("drops").asInt()).as(link).isGreaterThan(100);
            assertThat(counters.get("packets").asInt()).as(link).isBetween(1, 200);
        }
        call(OURS, "DEL", chained(slow, previous)).ok();
    }

    @Test
    void delNeedsTheJournalAlone() {
        call(OURS, "ADD", chained(LIMITS, previous)).ok();
        daemon.kill();
        daemon = Daemon.start(host, options());

        String bare = "{\"cniVersion\":\"1.0.0\",\"name\":\"shaped\",\"type\":\"bandwidth\"}";
        call(OURS, "DEL", bare, Map.of("CNI_NETNS", "")).ok();

        assertThat(shape()).isEqualTo(before);
        call(OURS, "DEL", bare, Map.of("CNI_NETNS", "")).ok();
    }

    @Test
    void theDeviceGoesWithTheNamespace() {
        call(OURS, "ADD", chained(LIMITS, previous)).ok();
        host.run("ip", "netns", "del", "pod").ok();

        host.sh("timeout 30 sh -c 'while [ -e /sys/class/net/" + IFB + " ]; do :; done'")
                .ok();
    }

    @Test
    void gcRemovesIt() {
        String newer = chained(LIMITS, previous).replace("1.0.0", "1.1.0");
        call(OURS, "ADD", newer).ok();
        String valid = "{\"cniVersion\":\"1.1.0\",\"name\":\"shaped\",\"type\":\"bandwidth\","
                + "\"cni.dev/valid-attachments\":[%s]}";
        call(OURS, "GC", valid.formatted("{\"containerID\":\"pod1\",\"ifname\":\"eth0\"}"))
                .ok();
        assertThat(shape()).contains(IFB);

        call(OURS, "GC", valid.formatted("")).ok();

        assertThat(shape()).doesNotContain(IFB);
    }

    @Test
    void aFailedAddLeavesEverythingAsItWas() {
        host.run("ip", "link", "add", IFB, "type", "ifb").ok();
        String occupied = shape();

        Output output = call(OURS, "ADD", chained(LIMITS, previous));

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(json(output.out()).at("/msg").asText()).contains("add ifb " + IFB);
        assertThat(shape()).isEqualTo(occupied);
        host.run("ip", "link", "del", IFB).ok();
        call(OURS, "DEL", chained(LIMITS, previous)).ok();
    }

    private static String chained(String options, String previous) {
        return BANDWIDTH.formatted(options, previous);
    }

    /** Without what is empty, and without the device's address, which is random. */
    private JsonNode result(String text) {
        ObjectNode result = (ObjectNode) json(text);
        result.properties()
                .removeIf(
                        entry -> entry.getValue().isEmpty() && entry.getValue().isContainerNode());
        result.get("interfaces").forEach(link -> {
            if (link.get("name").asText().equals(IFB)) {
                ((ObjectNode) link).put("mac", "random");
            }
        });
        return result;
    }

    private String veth() {
        return json(previous).at("/interfaces/1/name").asText();
    }

    /** Every qdisc, where packets are redirected to, and the container's device. */
    private String shape() {
        return host.sh("tc -j qdisc show | sed 's/},{/},\\n{/g'; tc filter show dev " + veth()
                        + " parent ffff: 2>&1 | grep -E 'match|Egress|flowid|rror' | sed 's/not_in_hw//' | head -3;"
                        + " ip -br link | awk '{print $1}' | grep bwp;"
                        + " ip -j -d link show " + IFB + " 2>/dev/null"
                        + " | grep -oE '\"(mtu|txqlen|info_kind|operstate|num_tx_queues)\":[^,}]*' || true")
                .ok();
    }

    private Output call(String plugin, String command, String config) {
        return call(plugin, command, config, Map.of());
    }

    private Output call(String plugin, String command, String config, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of("CNI_COMMAND", command));
        environment.putAll(more);
        return host.plugin(plugin, config, environment);
    }
}
