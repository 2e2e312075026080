package io.netd.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestHost;
import io.netd.plugins.spi.testing.TestSandbox;
import io.netd.plugins.spi.testing.TestTraces;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostPluginKernelIT {
    private static final NetworkConfig CONFIG =
            Requests.config("{\"cniVersion\":\"1.0.0\",\"name\":\"host\",\"type\":\"host\"}");

    private final HostPlugin plugin = new HostPlugin();
    private final TestHost host = new TestHost();
    private final TestTraces traces = new TestTraces();

    @AfterEach
    void close() {
        host.close();
        sh("ip link del br5 2>/dev/null; true");
    }

    private static String sh(String script) {
        return Program.of("sh", "-c", script).run().out();
    }

    @Test
    void itReportsTheHostsInterfacesAndTouchesNothing() {
        sh("ip link add br5 type bridge && ip addr add 10.5.0.1/24 dev br5 && ip link add p5 type veth peer name q5"
                + " && ip link set p5 master br5");
        String before = sh("ip -o link; ip -o addr; iptables-save");
        try (TestSandbox sandbox = TestSandbox.of("/proc/self/ns/net", host.namespace())) {
            CniResult result = plugin.plan(Requests.add(CONFIG, "c1", sandbox)).apply(host, traces);
            assertThat(result.interfaces())
                    .extracting(CniInterface::name)
                    .contains("lo", "br5", "q5")
                    .doesNotContain("p5");
            assertThat(result.addresses())
                    .extracting(address -> address.address().toString())
                    .contains("127.0.0.1/8", "10.5.0.1/24");
        }
        assertThat(traces.left()).isEmpty();
        assertThat(sh("ip -o link; ip -o addr; iptables-save")).isEqualTo(before);
        sh("ip link del q5");
    }

    @Test
    void aNamespaceOfItsOwnIsRefused() {
        try (ThrowawayNamespace own = ThrowawayNamespace.create();
                TestSandbox sandbox = TestSandbox.of("/run/netns/own", own.namespace())) {
            assertThatThrownBy(() ->
                            plugin.plan(Requests.add(CONFIG, "c1", sandbox)).apply(host, traces))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("/run/netns/own is not the host's");
        }
    }
}
