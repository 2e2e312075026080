package io.netd.plugins.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.netlink.route.VethSpec;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestHost;
import io.netd.plugins.spi.testing.TestSandbox;
import io.netd.plugins.spi.testing.TestTraces;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BandwidthPluginKernelIT {
    private static final String IFB = "bwp623e1c388032";
    private static final String BOTH =
            ",\"ingressRate\":1000000,\"ingressBurst\":200000,\"egressRate\":2000000,\"egressBurst\":300000";
    private static final String INGRESS = ",\"ingressRate\":1000000,\"ingressBurst\":200000";

    private final BandwidthPlugin plugin = new BandwidthPlugin();
    private final TestHost host = new TestHost();
    private final TestTraces traces = new TestTraces();
    private final ThrowawayNamespace container = ThrowawayNamespace.create();
    private final TestSandbox sandbox = TestSandbox.of("/run/netns/c1", container.namespace());
    private String before = "";

    @BeforeEach
    void makeAPair() {
        host.route()
                .links()
                .addVeth(VethSpec.of("v0", "eth0", container.namespace().fd()).withMtu(1400));
        sh("ip addr add 10.9.0.1/24 dev v0");
        container.sh("ip link set eth0 up; ip addr add 10.9.0.2/24 dev eth0");
        before = look();
    }

    @AfterEach
    void close() {
        sh("for d in $(ip -br link | grep -oE '^(v0|bwp[0-9a-f]+)'); do ip link del $d; done");
        sandbox.close();
        container.close();
        host.close();
    }

    private static String sh(String script) {
        Program.Output output = Program.of("sh", "-c", script).run();
        assertThat(output.exitCode()).as("%s: %s", script, output).isZero();
        return output.out();
    }

    private static String look() {
        return sh(
                "ip -br link | awk '{print $1}' | sort; tc qdisc show; tc filter show dev v0 parent ffff: 2>&1 || true");
    }

    private static NetworkConfig config(String options) {
        return Requests.config("""
                {"cniVersion":"1.1.0","name":"net","type":"bandwidth"%s,
                 "prevResult":{"cniVersion":"1.1.0","interfaces":[{"name":"br0"},{"name":"v0"},
                  {"name":"eth0","sandbox":"/ns"}]}}""".formatted(options));
    }

    private CniResult add(String options) {
        return plugin.plan(Requests.add(config(options), "c1", sandbox)).apply(host, traces);
    }

    private void check(String options) {
        NetworkConfig config = config(options);
        plugin.check(Requests.check(config, config.prevResult().orElseThrow(), "c1", sandbox), host);
    }

    @Test
    void addShapesBothWaysAndDelGivesTheLinkBack() {
        CniResult result = add(BOTH);

        assertThat(sh("tc qdisc show dev v0"))
                .contains("tbf 1: root", "rate 1Mbit burst 25000b lat 25ms")
                .contains("ingress ffff:");
        assertThat(sh("tc qdisc show dev " + IFB)).contains("tbf 1: root", "rate 2Mbit burst 37500b lat 25ms");
        assertThat(sh("tc filter show dev v0 parent ffff:")).contains("Redirect to device " + IFB);
        assertThat(sh("ip -j -d link show " + IFB)).contains("\"mtu\":1400", "\"ifb\"", "\"ifalias\":\"c1/eth0\"");
        assertThat(result.interfaces()).extracting(CniInterface::name).containsExactly("br0", "v0", "eth0", IFB);
        assertThat(sh("ip -j link show " + IFB))
                .contains(result.interfaces().get(3).mac().orElseThrow().toString());
        check(BOTH);

        traces.del(host);
        assertThat(look()).isEqualTo(before);
        traces.del(host);
    }

    @Test
    void oneWayNeedsNoDevice() {
        CniResult result = add(INGRESS);
        assertThat(result.interfaces()).hasSize(3);
        assertThat(look()).contains("tbf").doesNotContain("ingress", "bwp");
        check(INGRESS);
        traces.del(host);
        assertThat(look()).isEqualTo(before);
    }

    @Test
    void withoutLimitsNothingIsTouched() {
        assertThat(add("")).isEqualTo(config("").prevResult().orElseThrow());
        check("");
        assertThat(traces.left()).isEmpty();
        assertThat(look()).isEqualTo(before);
    }

    @Test
    void trafficIsHeldBackAndTheRestIsDropped() {
        add(",\"ingressRate\":64000,\"ingressBurst\":80000,\"egressRate\":64000,\"egressBurst\":80000");
        // Nobody answers for these two: what is counted is what was sent.
        sh("ip neigh add 10.9.0.99 lladdr 02:00:00:00:00:09 dev v0");
        container.sh("ip neigh add 10.9.0.99 lladdr 02:00:00:00:00:09 dev eth0");
        String flood = "bash -c 'exec 3>/dev/udp/10.9.0.99/9; dd if=/dev/zero bs=1000 count=300 >&3 2>/dev/null'";

        container.sh("busybox ping -c 1 -w 5 10.9.0.1");
        sh(flood);
        container.sh(flood);

        for (String link : new String[] {"v0", IFB}) {
            String counters = sh("tc -s -j qdisc show dev " + link + " root");
            assertThat(counters).containsPattern("\"packets\":[1-9]").containsPattern("\"overlimits\":[1-9]");
            assertThat(counters).containsPattern("\"drops\":[1-9][0-9]");
        }
        traces.del(host);
    }

    @Test
    void aDeviceOfTheSameNameStopsEverything() {
        sh("ip link add " + IFB + " type ifb");
        String occupied = look();

        assertThatThrownBy(() -> add(BOTH)).hasMessageContaining("add ifb " + IFB);
        assertThat(look()).isNotEqualTo(occupied);
        traces.undo(host);

        assertThat(look()).isEqualTo(occupied);
    }

    @Test
    void whatSomebodyElsePutThereStays() {
        sh("tc qdisc add dev v0 root handle 1: tbf rate 5mbit burst 9000 latency 9ms");
        String shaped = look();
        assertThatThrownBy(() -> add(INGRESS)).hasMessageContaining("v0 is shaped already: it has qdisc tbf 1:");
        traces.undo(host);
        assertThat(look()).isEqualTo(shaped);

        sh("tc qdisc del dev v0 root; tc qdisc add dev v0 clsact");
        assertThatThrownBy(() -> add(BOTH)).hasMessageContaining("it has qdisc clsact ffff:");
        add(INGRESS);
    }

    @Test
    void onlyAVethOfTheResultIsShaped() {
        assertThatThrownBy(() -> plugin.plan(Requests.add(
                        Requests.config("{\"cniVersion\":\"1.0.0\",\"name\":\"n\",\"type\":\"bandwidth\"}"),
                        "c1",
                        sandbox)))
                .hasMessageContaining("must be called as chained plugin");
        sh("ip link set v0 down; ip link set v0 name v7; ip link set v7 up");
        assertThatThrownBy(() -> add(BOTH)).hasMessageContaining("prevResult does not name v7");
        sh("ip link del v7");
        assertThatThrownBy(() -> add(BOTH)).hasMessageContaining("container interface eth0 has no veth peer");
        container.sh("ip link add eth0 type veth peer name v0");
        assertThatThrownBy(() -> add(BOTH)).hasMessageContaining("is not in host ns");
        assertThat(traces.left()).isEmpty();
    }

    @Test
    void checkNamesTheDifference() {
        add(BOTH);
        assertThatThrownBy(() -> check(BOTH.replace("1000000", "3000000")))
                .hasMessageContaining("configured limit of v0 is 375000 bytes/s")
                .hasMessageContaining("current limit is 125000 bytes/s");
        assertDifference("ip link set " + IFB + " down", IFB + " is down");
        assertDifference("ip link set " + IFB + " up; tc filter del dev v0 parent ffff:", "not redirected to " + IFB);
        assertDifference(
                "tc qdisc change dev " + IFB + " root tbf rate 2mbit burst 37501 latency 25ms",
                "configured limit of " + IFB);
        assertDifference("ip link del " + IFB, "get ifb device: " + IFB + " is missing");
        assertDifference("tc qdisc del dev v0 root", "current limit is none");
    }

    private void assertDifference(String deed, String message) {
        sh(deed);
        assertThatThrownBy(() -> check(BOTH)).hasMessageContaining(message);
    }

    @Test
    void theDeviceGoesWhenTheContainerIsGone() {
        add(BOTH);
        container.sh("ip link del eth0");
        traces.del(host);
        assertThat(look()).doesNotContain("bwp");
    }

    @Test
    void aDeviceThatNobodyWroteDownIsFoundUnlessItIsAnothers() {
        add(BOTH);
        NetworkConfig bare = Requests.config("{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"bandwidth\"}");

        assertThat(plugin.findTraces(Requests.del(bare, "c2", Optional.empty()), host))
                .isEmpty();
        assertThat(plugin.findTraces(Requests.del(bare, "c1", Optional.empty()), host))
                .hasSize(1);
        sh("ip link set " + IFB + " alias c1/eth1");
        assertThat(plugin.findTraces(Requests.del(bare, "c1", Optional.empty()), host))
                .isEmpty();
        sh("ip link set " + IFB + " alias ''");
        plugin.findTraces(Requests.del(bare, "c1", Optional.empty()), host).forEach(trace -> trace.revert(host));
        assertThat(look()).doesNotContain("bwp");
    }

    @Test
    void gcTakesTheDevicesOfThisNetworkThatNobodyWants() {
        add(BOTH);
        sh("ip link add bwp000000000000 type ifb; ip link set bwp000000000000 alias c9/eth0");
        collect("net", "[{\"containerID\":\"c1\",\"ifname\":\"eth0\"}]");
        collect("other", "[]");
        assertThat(look()).contains(IFB);
        collect("net", "[]");
        assertThat(look()).doesNotContain(IFB).contains("bwp000000000000");
    }

    private void collect(String network, String valid) {
        plugin.collect(Requests.gc("""
                {"cniVersion":"1.1.0","name":"%s","type":"bandwidth","cni.dev/valid-attachments":%s}
                """.formatted(network, valid)), host);
    }
}
