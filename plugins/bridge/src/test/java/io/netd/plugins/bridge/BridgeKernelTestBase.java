package io.netd.plugins.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestHost;
import io.netd.plugins.spi.testing.TestSandbox;
import io.netd.plugins.spi.testing.TestTraces;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A throw-away host with two containers to be, and what is left of an attachment. */
abstract class BridgeKernelTestBase {
    final BridgePlugin plugin = new BridgePlugin();
    final TestHost host = new TestHost();
    final ThrowawayNamespace first = ThrowawayNamespace.create();
    final ThrowawayNamespace second = ThrowawayNamespace.create();
    final TestTraces traces = new TestTraces();

    @TempDir
    Path leases;

    String before = "";

    @BeforeEach
    void photographTheHost() {
        sh("echo 0 > /proc/sys/net/ipv4/ip_forward");
        before = photograph();
    }

    @AfterEach
    void close() {
        traces.undo(host);
        first.close();
        second.close();
        sh(
                "nft list tables bridge | sed 's/^/delete /' | nft -f -; ip link del br7 2>/dev/null; ip link del dum 2>/dev/null; true");
        host.close();
    }

    NetworkConfig network(String options) {
        return Requests.config("""
                {"cniVersion":"1.0.0","name":"net","type":"bridge","bridge":"br7","isDefaultGateway":true%s,
                 "ipam":{"type":"host-local","dataDir":"%s","ranges":[[{"subnet":"10.77.0.0/24"}]]}}""".formatted(options, leases));
    }

    CniResult add(NetworkConfig config, String id, ThrowawayNamespace namespace) {
        return add(config, id, namespace, traces);
    }

    CniResult add(NetworkConfig config, String id, ThrowawayNamespace namespace, Traces left) {
        try (TestSandbox sandbox = TestSandbox.of("/run/netns/" + id, namespace.namespace())) {
            return plugin.plan(Requests.add(config, id, sandbox)).apply(host, left);
        }
    }

    static String sh(String script) {
        Program.Output output = Program.of("sh", "-c", script).run();
        assertThat(output.exitCode()).as("%s: %s", script, output).isZero();
        return output.out();
    }

    String photograph() {
        return sh(
                "ip -o link; ip -o addr; ip route show table all; iptables-save | grep -v '^#'; nft list ruleset bridge;"
                        + " ls " + leases + "/net 2>/dev/null | grep '^10' || true");
    }

    void check(NetworkConfig config, CniResult result) {
        try (TestSandbox sandbox = TestSandbox.of("/x", first.namespace())) {
            plugin.check(Requests.check(config, result, "c1", sandbox), host);
        }
    }

    void revert(List<Trace> found) {
        Host target = host;
        found.forEach(trace -> trace.revert(target));
    }
}
