package io.netd.plugins.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniArgs;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkConfig;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CallingProgram;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.program.AddressProgramTrace;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestSandbox;
import io.netd.plugins.spi.testing.TestTraces;
import io.netd.plugins.spi.trace.VethTrace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an ADD that fails takes back of a bridge that others have made, or use. */
class SharedBridgeKernelIT extends BridgeKernelTestBase {
    private final TestTraces failed = new TestTraces();

    private static NetworkConfig wire() {
        return Requests.config("{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"bridge\",\"bridge\":\"br7\"}");
    }

    /** An ADD that fails before it has a port, whose traces are not yet taken back. */
    private void failAfterTheBridge(NetworkConfig config) {
        assertThatThrownBy(() -> add(config, "c1", first, before(failed, () -> {
                    throw new IllegalStateException("broken");
                })))
                .hasMessage("broken");
    }

    /** Does something when the pair is about to be made. */
    private static Traces before(Traces left, Runnable deed) {
        return traces -> {
            left.leave(traces);
            if (traces.stream().anyMatch(VethTrace.class::isInstance)) {
                deed.run();
            }
        };
    }

    @Test
    void aBridgeWhoseMakerFailsStaysForWhoeverIsAboutToUseIt() {
        failAfterTheBridge(wire());
        TestTraces left = new TestTraces();

        add(wire(), "c2", second, before(left, () -> failed.undo(host)));

        assertThat(sh("ip -o link show master br7")).contains("veth");
        left.undo(host);
        assertThat(photograph()).isEqualTo(before);
    }

    @Test
    void theLastOneThatFailsTakesTheBridge() {
        failAfterTheBridge(wire());
        TestTraces left = new TestTraces();
        assertThatThrownBy(() -> add(wire(), "c2", second, before(left, () -> {
                    failed.undo(host);
                    throw new IllegalStateException("broken as well");
                })))
                .hasMessage("broken as well");
        assertThat(sh("ip -o link")).contains("br7");

        left.undo(host);

        assertThat(photograph()).isEqualTo(before);
    }

    @Test
    void aBridgeThatWasThereStaysThoughAllFail() {
        sh("ip link add br7 type bridge");
        String found = photograph();
        failAfterTheBridge(wire());
        failed.undo(host);
        assertThat(photograph()).isEqualTo(found);
    }

    @Test
    void aGatewayStaysForWhoeverUsesItByThen() {
        sh("ip link add br7 type bridge; ip link set br7 up");
        add(network(""), "c1", first, failed);
        add(network(""), "c2", second);

        failed.undo(host);

        assertThat(sh("ip -o -4 addr show br7")).contains("10.77.0.1/24");
        second.sh("busybox ping -c1 -W2 10.77.0.1");
    }

    @Test
    void aGatewayThatNobodyUsesGoes() {
        sh("ip link add br7 type bridge; ip link set br7 up");
        add(network(""), "c1", first, failed);

        failed.undo(host);

        assertThat(sh("ip -o -4 addr show br7")).isEmpty();
    }

    @Test
    void aBridgeThatWasDownIsDownAgain() {
        sh("ip link add br7 type bridge");
        String found = photograph();
        add(network(""), "c1", first, failed);
        assertThat(sh("ip -o link show br7")).contains(",UP");

        failed.undo(host);

        assertThat(settled(photograph())).isEqualTo(settled(found));
    }

    @Test
    void whatAFailedAddReplacedOrSwitchedOnIsAsItWas() {
        sh(
                "ip link add br7 address 02:00:00:00:00:07 type bridge; echo 1 >/proc/sys/net/ipv6/conf/br7/disable_ipv6; ip link set br7 up;"
                        + " for host in 1 2 3; do ip addr add 10.99.0.$host/24 brd + dev br7; done");
        String found = photograph();
        NetworkConfig forced = network(",\"forceAddress\":true,\"promiscMode\":true");
        add(forced, "c1", first, failed);
        assertThat(sh("ip -d -o link show br7; ip -o -4 addr show br7"))
                .contains("PROMISC", "10.77.0.1/24")
                .doesNotContain("10.99");

        failed.undo(host);

        assertThat(photograph()).isEqualTo(found);
    }

    @Test
    void whatAFailedAddReplacedStaysSoForWhoeverIsThereByThen() {
        sh("ip link add br7 type bridge; ip addr add 10.99.0.1/24 dev br7");
        NetworkConfig forced = network(",\"forceAddress\":true,\"promiscMode\":true");
        add(forced, "c1", first, failed);
        add(forced, "c2", second);

        failed.undo(host);

        assertThat(sh("ip -d -o link show br7; ip -o -4 addr show br7"))
                .contains("PROMISC", "10.77.0.1/24")
                .doesNotContain("10.99");
        second.sh("busybox ping -c1 -W2 10.77.0.1");
    }

    /** Both find the other's doing: the first one's port cannot be made, the second one's route leads nowhere. */
    @Test
    void theLastOneThatFailsPutsBackWhatTheFirstOneChanged() {
        sh("ip link add br7 address 02:00:00:00:00:07 type bridge; ip addr add 10.99.0.1/24 brd + dev br7");
        String found = photograph();
        first.sh("ip link add eth0 type bridge");
        assertThatThrownBy(() -> add(changing(""), "c1", first, failed)).hasMessageContaining("eth0");
        TestTraces left = new TestTraces();
        String nowhere = ",\"routes\":[{\"dst\":\"192.0.2.0/24\",\"gw\":\"198.51.100.9\"}]";
        assertThatThrownBy(() -> add(changing(nowhere), "c2", second, left)).isInstanceOf(RuntimeException.class);
        failed.undo(host);
        assertThat(sh("ip -d -o link show br7; ip -o -4 addr show br7"))
                .contains("PROMISC", ",UP", "10.77.0.1/24")
                .doesNotContain("10.99");

        left.undo(host);

        assertThat(settled(photograph())).isEqualTo(settled(found));
    }

    @Test
    void whoFailsWithoutALookPutsBackWhatAnotherChangedMeanwhile() {
        sh("ip link add br7 address 02:00:00:00:00:07 type bridge; ip addr add 10.99.0.1/24 brd + dev br7");
        String found = photograph();
        first.sh("ip link add eth0 type bridge");
        TestTraces left = new TestTraces();
        Traces meanwhile = traces -> {
            left.leave(traces);
            if (traces.stream().anyMatch(AddressProgramTrace.class::isInstance)) {
                assertThatThrownBy(() -> add(changing(""), "c1", first, failed)).hasMessageContaining("eth0");
                failed.undo(host);
                throw new IllegalStateException("broken");
            }
        };
        assertThatThrownBy(() -> addWithProgram("c2", second, meanwhile)).hasMessage("broken");
        assertThat(sh("ip -d -o link show br7; ip -o -4 addr show br7")).contains("PROMISC", "10.77.0.1/24");

        left.undo(host);

        assertThat(settled(photograph())).isEqualTo(settled(found));
    }

    private NetworkConfig changing(String ipam) {
        return Requests.config("""
                {"cniVersion":"1.0.0","name":"net","type":"bridge","bridge":"br7","isGateway":true,"forceAddress":true,
                 "promiscMode":true,"ipam":{"type":"host-local","dataDir":"%s","subnet":"10.77.0.0/24"%s}}""".formatted(leases, ipam));
    }

    /** Such a program is called when the container has its interface. */
    private void addWithProgram(String id, ThrowawayNamespace namespace, Traces left) {
        NetworkConfig config = Requests.config(
                "{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"bridge\",\"bridge\":\"br7\",\"ipam\":{\"type\":\"true\"}}");
        host.calledBy(new CallingProgram(Map.of("CNI_PATH", "/bin"), text -> {}));
        try (TestSandbox sandbox = TestSandbox.of("/run/netns/" + id, namespace.namespace())) {
            plugin.plan(new AddRequest(
                            config,
                            new ContainerId(id),
                            new InterfaceName("eth0"),
                            sandbox,
                            CniArgs.EMPTY,
                            List.of("/bin")))
                    .apply(host, left);
        }
    }

    /** The kernel gives a link its usual queue when it is first set up. */
    private static String settled(String photograph) {
        return photograph.replaceAll("qdisc [a-z]+", "");
    }

    @Test
    void aBridgeThatSomebodyIsOnByThenStaysUp() {
        sh("ip link add br7 type bridge");
        add(network(""), "c1", first, failed);
        add(network(""), "c2", second);

        failed.undo(host);

        assertThat(sh("ip -o link show br7")).contains(",UP");
        second.sh("busybox ping -c1 -W2 10.77.0.1");
    }
}
