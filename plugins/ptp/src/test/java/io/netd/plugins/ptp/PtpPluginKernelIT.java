package io.netd.plugins.ptp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestHost;
import io.netd.plugins.spi.testing.TestSandbox;
import io.netd.plugins.spi.testing.TestTraces;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PtpPluginKernelIT {
    private final PtpPlugin plugin = new PtpPlugin();
    private final TestHost host = new TestHost();
    private final ThrowawayNamespace first = ThrowawayNamespace.create();
    private final ThrowawayNamespace second = ThrowawayNamespace.create();
    private final TestTraces traces = new TestTraces();
    private final TestTraces others = new TestTraces();

    @TempDir
    private Path leases;

    private String before = "";

    @BeforeEach
    void photographTheHost() {
        sh(
                "ip link set lo up; echo 0 > /proc/sys/net/ipv4/ip_forward; echo 0 > /proc/sys/net/ipv6/conf/all/forwarding");
        before = photograph();
    }

    @AfterEach
    void close() {
        traces.undo(host);
        others.undo(host);
        first.close();
        second.close();
        host.close();
    }

    private NetworkConfig network(String options) {
        return Requests.config("""
                {"cniVersion":"1.1.0","name":"net","type":"ptp"%s,
                 "ipam":{"type":"host-local","dataDir":"%s","routes":[{"dst":"0.0.0.0/0"},{"dst":"::/0"}],
                  "ranges":[[{"subnet":"10.78.0.0/24"}],[{"subnet":"fd00:78::/64"}]]}}""".formatted(options, leases));
    }

    private CniResult add(NetworkConfig config, String id, ThrowawayNamespace namespace, TestTraces left) {
        try (TestSandbox sandbox = sandbox(id, namespace)) {
            return plugin.plan(Requests.add(config, id, sandbox)).apply(host, left);
        }
    }

    private void check(NetworkConfig config, CniResult result) {
        try (TestSandbox sandbox = sandbox("c1", first)) {
            plugin.check(Requests.check(config, result, "c1", sandbox), host);
        }
    }

    private static TestSandbox sandbox(String id, ThrowawayNamespace namespace) {
        return TestSandbox.of("/run/netns/" + id, namespace.namespace());
    }

    private static String sh(String script) {
        Program.Output output = Program.of("sh", "-c", script).run();
        assertThat(output.exitCode()).as("%s: %s", script, output).isZero();
        return output.out();
    }

    private String photograph() {
        return sh(
                "ip -o link; ip -o addr; ip route show table all; ip -6 route show table all; iptables-save | grep -v '^#';"
                        + " ip6tables-save | grep -v '^#'; ls " + leases
                        + "/net 2>/dev/null | grep -E '^(10|fd)' || true");
    }

    @Test
    void allTrafficGoesThroughTheHost() {
        CniResult result = add(network(",\"mtu\":1400"), "c1", first, traces);
        add(network(""), "c2", second, others);

        assertThat(result.interfaces())
                .extracting(CniInterface::name)
                .element(1)
                .isEqualTo("eth0");
        String veth = result.interfaces().get(0).name();
        assertThat(result.addresses())
                .extracting(address -> address.interfaceIndex().orElse(-1))
                .containsExactly(1, 1);
        assertThat(first.sh("ip route"))
                .contains("default via 10.78.0.1 dev eth0")
                .contains("10.78.0.0/24 via 10.78.0.1 dev eth0 src 10.78.0.2")
                .contains("10.78.0.1 dev eth0 scope link src 10.78.0.2")
                .doesNotContain("proto kernel");
        assertThat(first.sh("ip -6 route"))
                .contains("default via fd00:78::1 dev eth0")
                .contains("fd00:78::/64 via fd00:78::1 dev eth0 src fd00:78::2");
        assertThat(first.sh("ip -j link show eth0")).contains("\"mtu\":1400");
        assertThat(sh("ip -o addr show dev " + veth)).contains("10.78.0.1/32", "fd00:78::1/128");
        assertThat(sh("ip route show dev " + veth)).contains("10.78.0.2 scope host");
        assertThat(sh("ip -6 route show dev " + veth)).contains("fd00:78::2 metric 1024");
        assertThat(sh("iptables-save; ip6tables-save")).doesNotContain("MASQUERADE");
        assertThat(sh("cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv6/conf/all/forwarding"))
                .isEqualTo("1\n1\n");
        first.sh("busybox ping -c 1 -W 5 10.78.0.1");
        first.sh("busybox ping -c 1 -W 5 10.78.0.3");
        first.sh("busybox ping -c 1 -W 5 fd00:78::3");
        sh("busybox ping -c 1 -W 5 10.78.0.2; busybox ping -c 1 -W 5 fd00:78::2");
    }

    @Test
    void delGivesEverythingBack() {
        CniResult result = add(network(",\"ipMasq\":true"), "c1", first, traces);
        assertThat(sh("iptables-save"))
                .contains(
                        "-A POSTROUTING -s 10.78.0.2/32 ! -d 10.78.0.0/24 -m addrtype --dst-type UNICAST -j MASQUERADE");
        assertThat(sh("ip6tables-save"))
                .contains(
                        "-A POSTROUTING -s fd00:78::2/128 ! -d fd00:78::/64 -m addrtype --dst-type UNICAST -j MASQUERADE");
        check(network(",\"ipMasq\":true"), result);

        traces.del(host);
        assertThat(photograph()).isEqualTo(before);
        traces.del(host);
    }

    @Test
    void anInterfaceOfThatNameLeavesNothing() {
        first.sh("ip link add eth0 type veth peer name other");
        assertThatThrownBy(() -> add(network(",\"ipMasq\":true"), "c1", first, traces))
                .hasMessageContaining("container veth name provided (eth0) already exists");
        traces.undo(host);
        assertThat(photograph()).isEqualTo(before);
    }

    @Test
    void aRouteThatIsThereLeavesNothing() {
        sh("ip route add 10.78.0.2/32 dev lo");
        String routed = photograph();
        assertThatThrownBy(() -> add(network(""), "c1", first, traces))
                .hasMessageContaining("the host has a route to 10.78.0.2/32 already");
        traces.undo(host);
        assertThat(photograph()).isEqualTo(routed);
        sh("ip route del 10.78.0.2/32 dev lo");
    }

    @Test
    void anAddressWithoutAGatewayIsRefusedBeforeAnythingIsDone() {
        NetworkConfig config = Requests.config("""
                {"cniVersion":"1.0.0","name":"net","type":"ptp",
                 "ipam":{"type":"static","addresses":[{"address":"10.78.0.5/24"}]}}""");
        assertThatThrownBy(() -> add(config, "c1", first, traces)).hasMessageContaining("came without a gateway");
        assertThat(traces.left()).isEmpty();
        assertThat(photograph()).isEqualTo(before);
    }

    @Test
    void anotherGatewayOfTheSubnetIsAccepted() {
        NetworkConfig config = Requests.config("""
                {"cniVersion":"1.0.0","name":"net","type":"ptp","ipam":{"type":"static",
                 "addresses":[{"address":"10.78.0.5/24","gateway":"10.78.0.1"}],
                 "routes":[{"dst":"10.90.0.0/16","gw":"10.78.0.9"}]}}""");
        CniResult result = add(config, "c1", first, traces);
        assertThat(first.sh("ip route")).contains("10.90.0.0/16 via 10.78.0.9 dev eth0");
        check(config, result);
    }

    @Test
    void checkNamesTheDifference() {
        NetworkConfig config = network(",\"ipMasq\":true");
        CniResult result = add(config, "c1", first, traces);
        String veth = result.interfaces().get(0).name();
        check(config, result);

        assertDifference(config, result, "ip route del 10.78.0.2", "the host has no route to 10.78.0.2/32");
        sh("ip route add 10.78.0.2 dev " + veth + " scope host");
        assertDifference(config, result, "ip addr del 10.78.0.1/32 dev " + veth, veth + " lacks 10.78.0.1/32");
        // With the link's last address the kernel has taken its routes.
        sh("ip addr add 10.78.0.1/32 dev " + veth + "; ip route add 10.78.0.2 dev " + veth + " scope host");
        assertDifference(config, result, "iptables -t nat -F POSTROUTING", "rules are missing");
        first.sh("ip route del 10.78.0.0/24");
        assertDifference(config, result, "true", "no route to 10.78.0.0/24 via 10.78.0.1");
        first.sh("ip addr del 10.78.0.2/24 dev eth0");
        assertDifference(config, result, "true", "eth0 lacks 10.78.0.2/24");
        assertDifference(config, result, "ip link set " + veth + " down", "its host end " + veth + " is down");
        first.sh("ip link del eth0");
        assertDifference(config, result, "true", "no veth eth0 is in");
    }

    private void assertDifference(NetworkConfig config, CniResult result, String deed, String message) {
        sh(deed);
        assertThatThrownBy(() -> check(config, result)).hasMessageContaining(message);
    }

    @Test
    void whatNobodyWroteDownIsFound() {
        add(network(""), "c1", first, new TestTraces());
        plugin.findTraces(Requests.del(network(""), "c1", Optional.empty()), host)
                .forEach(trace -> trace.revert(host));
        assertThat(photograph()).isEqualTo(before);
    }
}
