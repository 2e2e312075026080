package io.netd.plugins.none;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestHost;
import io.netd.plugins.spi.testing.TestSandbox;
import io.netd.plugins.spi.testing.TestTraces;
import org.junit.jupiter.api.Test;

class NonePluginKernelIT {
    private static final NetworkConfig CONFIG =
            Requests.config("{\"cniVersion\":\"1.0.0\",\"name\":\"none\",\"type\":\"none\"}");

    private final NonePlugin plugin = new NonePlugin();
    private final TestTraces traces = new TestTraces();

    @Test
    void onlyTheLoopbackIsThereAndItIsUp() {
        try (TestHost host = new TestHost();
                ThrowawayNamespace namespace = ThrowawayNamespace.create();
                TestSandbox sandbox = TestSandbox.of("/ns", namespace.namespace())) {
            namespace.sh("ip link set lo down");
            assertThatThrownBy(() -> plugin.check(Requests.check(CONFIG, CniResult.EMPTY, "c1", sandbox), host))
                    .hasMessageContaining("lo is down");
            CniResult result = plugin.plan(Requests.add(CONFIG, "c1", sandbox)).apply(host, traces);
            plugin.check(Requests.check(CONFIG, result, "c1", sandbox), host);
            assertThat(result.interfaces()).extracting(CniInterface::name).containsExactly("lo");
            assertThat(namespace.sh("ip -o link").lines()).hasSize(1);
            assertThat(namespace.sh("ip -o addr show lo")).contains("127.0.0.1/8");
            assertThat(namespace.sh("ip route")).isEmpty();
        }
        assertThat(traces.left()).isEmpty();
    }
}
