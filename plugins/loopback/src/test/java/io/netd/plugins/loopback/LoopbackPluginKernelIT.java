package io.netd.plugins.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.cni.ResultJson;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestHost;
import io.netd.plugins.spi.testing.TestSandbox;
import io.netd.plugins.spi.testing.TestTraces;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackPluginKernelIT {
    private final LoopbackPlugin plugin = new LoopbackPlugin();

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"})
    void everyVersionGetsTheLoopbacksAddress(String version) {
        NetworkConfig config =
                Requests.config("{\"cniVersion\":\"" + version + "\",\"name\":\"cni-loopback\",\"type\":\"loopback\"}");
        try (TestHost host = new TestHost();
                ThrowawayNamespace namespace = ThrowawayNamespace.create();
                TestSandbox sandbox = TestSandbox.of("/ns", namespace.namespace())) {
            namespace.sh("ip link set lo down");
            CniResult result = plugin.plan(Requests.add(config, "c1", sandbox)).apply(host, new TestTraces());
            assertThat(namespace.sh("ip -o link show lo")).contains("LOOPBACK,UP");
            assertThat(new String(ResultJson.write(result, config.version()), StandardCharsets.UTF_8))
                    .contains("127.0.0.1/8")
                    .contains(version);
        }
    }
}
