package io.netd.plugins.hostlocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestHost;
import io.netd.plugins.spi.testing.TestSandbox;
import io.netd.plugins.spi.testing.TestTraces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLocalPluginKernelIT {
    private final HostLocalPlugin plugin = new HostLocalPlugin();
    private final TestHost host = new TestHost();
    private final ThrowawayNamespace namespace = ThrowawayNamespace.create();
    private final TestSandbox sandbox = TestSandbox.of("/ns", namespace.namespace());
    private final TestTraces traces = new TestTraces();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        sandbox.close();
        namespace.close();
        host.close();
    }

    private NetworkConfig config() throws IOException {
        Path resolv = Files.writeString(folder.resolve("resolv.conf"), "nameserver 192.0.2.53\nsearch example.org\n");
        return Requests.config("""
                {"cniVersion":"1.0.0","name":"net","type":"any","ipam":{"type":"host-local","dataDir":"%s",
                 "resolvConf":"%s","routes":[{"dst":"0.0.0.0/0"}],"ranges":[[{"subnet":"10.8.0.0/24"}]]}}""".formatted(folder, resolv));
    }

    @Test
    void addPrintsAddressRoutesAndNameServersWithoutInterfaces() throws IOException {
        CniResult result = plugin.plan(Requests.add(config(), "c1", sandbox)).apply(host, traces);
        assertThat(result.interfaces()).isEmpty();
        assertThat(result.addresses().get(0).address()).hasToString("10.8.0.2/24");
        assertThat(result.addresses().get(0).interfaceIndex()).isEmpty();
        assertThat(result.routes()).hasSize(1);
        assertThat(result.dns().nameservers()).containsExactly("192.0.2.53");
        assertThat(Files.readString(folder.resolve("net/10.8.0.2"))).isEqualTo("c1\r\neth0");
    }

    @Test
    void delWithoutAJournalFreesTheLease() throws IOException {
        NetworkConfig config = config();
        CniResult result = plugin.plan(Requests.add(config, "c1", sandbox)).apply(host, traces);
        plugin.check(Requests.check(config, result, "c1", sandbox), host);
        plugin.findTraces(Requests.del(config, "c1", Optional.empty()), host).forEach(trace -> trace.revert(host));
        assertThat(folder.resolve("net/10.8.0.2")).doesNotExist();
        assertThatThrownBy(() -> plugin.check(Requests.check(config, result, "c1", sandbox), host))
                .hasMessageContaining("failed to find address added by container c1/eth0");
    }

    @Test
    void gcKeepsOnlyWhomTheRuntimeNames() throws IOException {
        plugin.plan(Requests.add(config(), "c1", sandbox)).apply(host, traces);
        plugin.plan(Requests.add(config(), "c2", sandbox)).apply(host, traces);
        String json = """
                {"cniVersion":"1.1.0","name":"net","type":"any","ipam":{"type":"host-local","dataDir":"%s"},
                 "cni.dev/valid-attachments":[{"containerID":"c2","ifname":"eth0"}]}""".formatted(folder);
        plugin.collect(Requests.gc(json), host);
        assertThat(folder.resolve("net/10.8.0.2")).doesNotExist();
        assertThat(folder.resolve("net/10.8.0.3")).exists();
    }
}
