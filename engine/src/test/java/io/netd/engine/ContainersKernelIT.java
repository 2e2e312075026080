package io.netd.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.cni.ContainerId;
import io.netd.engine.event.Event;
import io.netd.engine.host.HostRef;
import io.netd.engine.network.BridgeSettings;
import io.netd.engine.network.ContainerAttach;
import io.netd.engine.network.WantedAddresses;
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.bridge.BridgePlugin;
import io.netd.plugins.portmap.PortmapPlugin;
import io.netd.portmap.PortRequest;
import io.netd.runtime.NetworkMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** netd's own containers on docker0, with the plugins and the firewall as they are shipped. */
@Timeout(90)
class ContainersKernelIT {
    private final List<String> linksBefore = Engines.links();
    private Engine engine;

    @TempDir
    private Path execRoot;

    @BeforeEach
    void start() {
        engine = opened();
    }

    @AfterEach
    void nothingIsLeft() {
        join(engine.uninstall(true));
        engine.close();
        assertThat(Engines.links()).isEqualTo(linksBefore);
        assertThat(sh("iptables-save | grep '^-A'; true")).isEmpty();
    }

    @Test
    void aContainerGetsTheLowestAddressAndItsPort() {
        String rules = rules();
        List<String> links = Engines.links();
        try (ThrowawayNamespace sandbox = ThrowawayNamespace.create()) {
            AttachmentView web = join(engine.attach(container("c1", sandbox, 8080)));
            assertThat(web.addresses()).containsExactly(IpPrefix.parse("172.17.0.2/16"));
            assertThat(web.bridge()).contains("docker0");
            assertThat(sandbox.sh("ip -4 -o addr show eth0")).contains("172.17.0.2/16");
            assertThat(sandbox.sh("ip route")).contains("default via 172.17.0.1");
            assertThat(sh("ip -o link show master docker0"))
                    .contains(web.hostInterface().orElseThrow());
            assertThat(sh("iptables -t nat -S")).contains("--dport 8080 -j DNAT --to-destination 172.17.0.2:80");
            assertThat(sh("ss -Hltn")).contains(":8080");
            assertThat(join(engine.detach(new ContainerId("c1")))).isTrue();
            assertThat(sandbox.sh("ip -o link")).doesNotContain("eth0");
            join(engine.attach(container("c2", sandbox, 8080)));
            assertThat(sandbox.sh("ip -4 -o addr show eth0")).contains("172.17.0.2/16");
            join(engine.detach(new ContainerId("c2")));
        }
        assertThat(rules()).isEqualTo(rules);
        assertThat(Engines.links()).isEqualTo(links);
        assertThat(sh("ss -Hltn")).doesNotContain(":8080");
    }

    @Test
    void aTakenPortIsRefusedByItsHoldersNameAndNothingStays() {
        try (ThrowawayNamespace first = ThrowawayNamespace.create();
                ThrowawayNamespace second = ThrowawayNamespace.create()) {
            join(engine.attach(container("c1", first, 8080)));
            List<String> links = Engines.links();
            String rules = rules();
            assertThatThrownBy(() -> join(engine.attach(container("c2", second, 8080))))
                    .hasMessageContaining("name-c1");
            assertThat(Engines.links()).isEqualTo(links);
            assertThat(rules()).isEqualTo(rules);
            assertThat(second.sh("ip -o link")).doesNotContain("eth0");
            assertThat(engine.attachments()).hasSize(1);
        }
    }

    @Test
    void anotherEngineTakesUpWhatIsThere() {
        try (ThrowawayNamespace sandbox = ThrowawayNamespace.create()) {
            join(engine.attach(container("c1", sandbox, 8080)));
            String rules = rules();
            engine.close();
            assertThat(sh("ss -Hltn")).doesNotContain(":8080");
            engine = opened();
            assertThat(sh("ss -Hltn")).contains(":8080");
            assertThat(rules()).isEqualTo(rules);
            assertThat(engine.attachments())
                    .singleElement()
                    .satisfies(view -> assertThat(view.ports()).hasToString("[0.0.0.0:8080->80/tcp]"));
            assertThat(join(engine.detach(new ContainerId("c1")))).isTrue();
            assertThat(sandbox.sh("ip -o link")).doesNotContain("eth0");
        }
    }

    @Test
    void whatDiedWhileNobodyLookedIsLetGoAtTheStart() {
        try (ThrowawayNamespace sandbox = ThrowawayNamespace.create()) {
            join(engine.attach(container("c1", sandbox, 8080)));
            engine.close();
        }
        awaitGone("veth");
        engine = opened();
        assertThat(engine.attachments()).isEmpty();
        assertThat(sh("ss -Hltn")).doesNotContain(":8080");
        assertThat(Engines.files(execRoot.resolve("leases"))).noneMatch(file -> file.endsWith("172.17.0.2"));
    }

    @Test
    void aNamespaceThatDiesLetsItsAttachmentGo() throws InterruptedException {
        List<Event> events = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch removed = new CountDownLatch(2);
        engine.subscribe(event -> {
            events.add(event);
            if (event.address().equals("netd.attachment.removed")) {
                removed.countDown();
            }
        });
        String rules = rules();
        try (ThrowawayNamespace sandbox = ThrowawayNamespace.create()) {
            join(engine.attach(container("c1", sandbox, 8080)));
        }
        assertThat(removed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.attachments()).isEmpty();
        assertThat(rules()).isEqualTo(rules);
        assertThat(events)
                .extracting(Event::address)
                .contains("netd.lease.granted", "netd.port.published", "netd.port.unpublished", "netd.lease.released");
    }

    @Test
    void fiftyContainersComeAndGoTogether() {
        List<ThrowawayNamespace> sandboxes = IntStream.range(0, 50)
                .mapToObj(i -> ThrowawayNamespace.create())
                .toList();
        String rules = rules();
        List<String> links = Engines.links();
        List<CompletableFuture<AttachmentView>> attached = IntStream.range(0, 50)
                .mapToObj(i -> engine.attach(container("p" + i, sandboxes.get(i), 9000 + i))
                        .toCompletableFuture())
                .toList();
        assertThat(attached.stream().map(CompletableFuture::join).map(AttachmentView::addresses))
                .doesNotHaveDuplicates()
                .hasSize(50);
        IntStream.range(0, 50)
                .mapToObj(i -> engine.detach(new ContainerId("p" + i)).toCompletableFuture())
                .toList()
                .forEach(CompletableFuture::join);
        assertThat(rules()).isEqualTo(rules);
        assertThat(Engines.links()).isEqualTo(links);
        sandboxes.forEach(ThrowawayNamespace::close);
    }

    @Test
    void aRuntimesChainIsOneAttachmentAndDelNeedsNothingButItsName() {
        String bridge = "{\"cniVersion\":\"1.1.0\",\"name\":\"cni\",\"type\":\"bridge\",\"bridge\":\"cni7\","
                + "\"isDefaultGateway\":true,\"ipMasq\":true,\"ipam\":{\"type\":\"host-local\",\"dataDir\":\""
                + execRoot.resolve("cni") + "\",\"subnet\":\"10.44.0.0/24\"}}";
        String bare = "{\"cniVersion\":\"1.1.0\",\"name\":\"cni\",\"type\":\"bridge\"}";
        String rules = rules();
        try (ThrowawayNamespace sandbox = ThrowawayNamespace.create()) {
            join(engine.add(HostRef.own(), Engines.request("ADD", "c1", Optional.of(sandbox), bridge)));
            assertThat(sandbox.sh("ip -4 -o addr show eth0")).contains("10.44.0.2/24");
            assertThat(rules()).isNotEqualTo(rules);
            join(engine.del(HostRef.own(), Engines.request("DEL", "c1", Optional.empty(), bare)));
            join(engine.del(HostRef.own(), Engines.request("DEL", "c1", Optional.empty(), bare)));
            assertThat(sandbox.sh("ip -o link")).doesNotContain("eth0");
        }
        assertThat(rules()).isEqualTo(rules);
        sh("ip link del cni7");
    }

    private Engine opened() {
        Engine opened = new EngineBuilder(
                        EngineSettings.of(execRoot, execRoot.resolve("data"), BridgeSettings.DEFAULT),
                        List.of(new BridgePlugin(), new PortmapPlugin()),
                        HostFirewall.detect(Optional.empty())::open)
                .open();
        join(opened.start());
        return opened;
    }

    private static ContainerAttach container(String id, ThrowawayNamespace sandbox, int hostPort) {
        return new ContainerAttach(
                new ContainerId(id),
                "name-" + id,
                new NetworkMode.Own("bridge"),
                Engines.path(sandbox),
                List.of(port(hostPort)),
                WantedAddresses.NONE);
    }

    private static PortRequest port(int hostPort) {
        return new PortRequest(List.of(), Optional.of(PortRange.of(hostPort)), 80, Protocol.TCP);
    }

    private static void awaitGone(String prefix) {
        sh("for i in $(seq 200); do ip -o link | grep -q ' " + prefix + "' || exit 0; sleep 0.05; done");
    }

    private static String rules() {
        return sh("iptables-save | grep '^-A' | sort");
    }

    private static String sh(String script) {
        return Program.of("sh", "-c", script).run().out().strip();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
