package io.netd.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.cni.CniRequest;
import io.netd.engine.host.HostRef;
import io.netd.engine.network.BridgeSettings;
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.fs.RootDirectory;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.bridge.BridgePlugin;
import io.netd.plugins.portmap.PortmapPlugin;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callers that live in another network namespace than the daemon. */
@Timeout(60)
class ForeignHostKernelIT {
    private final List<String> linksBefore = Engines.links();
    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private Engine engine;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        engine = new EngineBuilder(
                        EngineSettings.of(folder.resolve("run"), folder.resolve("data"), BridgeSettings.DEFAULT),
                        List.of(new BridgePlugin(), new PortmapPlugin()),
                        HostFirewall.detect(Optional.empty())::open)
                .open();
    }

    @AfterEach
    void close() {
        engine.close();
        host.close();
    }

    @Test
    void rulesAndLinksAppearThereAndNowhereElse() {
        try (ThrowawayNamespace sandbox = ThrowawayNamespace.create()) {
            join(engine.add(ref(sandbox), request("ADD", "c1", sandbox)));
            assertThat(host.sh("iptables -t nat -S")).contains("MASQUERADE");
            assertThat(host.sh("ip -o link show master cni7")).contains("veth");
            assertThat(Engines.links()).isEqualTo(linksBefore);
            assertThat(Program.of("iptables-save").run().out()).doesNotContain("MASQUERADE");
            join(engine.del(ref(sandbox), request("DEL", "c1", sandbox)));
            assertThat(host.sh("iptables-save | grep '^-A'; true")).isEmpty();
            assertThat(host.sh("ip -o link show master cni7")).isEmpty();
        }
    }

    @Test
    void theCallersNamespaceDiesAsSoonAsItsLastOwnerLetsGo() {
        long pid = ProcessHandle.current().pid();
        host.sh("ip link add inside0 type veth peer name outside0 netns " + pid);
        try (ThrowawayNamespace sandbox = ThrowawayNamespace.create()) {
            join(engine.add(ref(sandbox), request("ADD", "c1", sandbox)));
            join(engine.del(ref(sandbox), request("DEL", "c1", sandbox)));
        }
        assertThat(Engines.links()).contains("outside0");
        host.close();
        Program.of("sh", "-c", "for i in $(seq 60); do ip link show outside0 || exit 0; sleep 0.05; done")
                .run();
        assertThat(Engines.links()).isEqualTo(linksBefore);
    }

    @Test
    void manyAtOnceShareTheBridgeAndTheRules() {
        List<ThrowawayNamespace> sandboxes = IntStream.range(0, 20)
                .mapToObj(i -> ThrowawayNamespace.create())
                .toList();
        all(sandboxes, "ADD");
        assertThat(host.sh("ip -o link show master cni7 | wc -l").strip()).isEqualTo("20");
        all(sandboxes, "DEL");
        assertThat(host.sh("iptables-save | grep '^-A'; true")).isEmpty();
        assertThat(host.sh("ip -o link show master cni7")).isEmpty();
        assertThat(Engines.files(folder.resolve("run/attachments"))).isEmpty();
        sandboxes.forEach(ThrowawayNamespace::close);
    }

    private void all(List<ThrowawayNamespace> sandboxes, String command) {
        IntStream.range(0, sandboxes.size())
                .mapToObj(i -> carryOut(command, "p" + i, sandboxes.get(i)).toCompletableFuture())
                .toList()
                .forEach(CompletableFuture::join);
    }

    private CompletionStage<?> carryOut(String command, String container, ThrowawayNamespace sandbox) {
        CniRequest request = request(command, container, sandbox);
        return command.equals("ADD") ? engine.add(ref(sandbox), request) : engine.del(ref(sandbox), request);
    }

    private CniRequest request(String command, String container, ThrowawayNamespace sandbox) {
        String config = "{\"cniVersion\":\"1.1.0\",\"name\":\"cni\",\"type\":\"bridge\",\"bridge\":\"cni7\","
                + "\"isDefaultGateway\":true,\"ipMasq\":true,\"ipam\":{\"type\":\"host-local\",\"dataDir\":\""
                + folder.resolve("cni") + "\",\"subnet\":\"10.44.0.0/24\"}}";
        return Engines.request(command, container, Optional.of(sandbox), config);
    }

    private HostRef ref(ThrowawayNamespace sandbox) {
        NetworkNamespace namespace = NetworkNamespace.open(host.namespace().fd().procPath());
        NetworkNamespace inside = NetworkNamespace.open(sandbox.namespace().fd().procPath());
        return HostRef.of(namespace, RootDirectory.ofHost(), Optional.of(inside), () -> true);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
