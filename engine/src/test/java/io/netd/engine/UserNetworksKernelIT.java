package io.netd.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.ContainerId;
import io.netd.engine.event.Event;
import io.netd.engine.network.BridgeSettings;
import io.netd.engine.network.ContainerAttach;
import io.netd.engine.network.NetworkRequest;
import io.netd.engine.network.NetworkView;
import io.netd.engine.network.WantedAddresses;
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.bridge.BridgePlugin;
import io.netd.plugins.portmap.PortmapPlugin;
import io.netd.runtime.NetworkMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Networks that users define, with the plugins and the firewall as they are shipped. */
@Timeout(90)
class UserNetworksKernelIT {
    private final List<String> linksBefore = Engines.links();
    private final String forwarding = sh("cat /proc/sys/net/ipv6/conf/all/forwarding");
    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    private Engine engine;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        engine = opened();
        engine.subscribe(events::add);
    }

    @AfterEach
    void nothingIsLeft() {
        join(engine.uninstall(true));
        engine.close();
        assertThat(Engines.links()).isEqualTo(linksBefore);
        assertThat(sh("iptables-save | grep '^-A'; ip6tables-save | grep '^-A'; true"))
                .isEmpty();
        assertThat(sh("cat /proc/sys/net/ipv6/conf/all/forwarding")).isEqualTo(forwarding);
        assertThat(Engines.files(folder)).allMatch(file -> file.endsWith("journal.lock"));
    }

    @Test
    void aNetworkIsAnnouncedAndItsSettingsAreGivenBackWithUninstall() {
        NetworkView made = join(engine.createNetwork(request("blue", true, Map.of())));

        assertThat(sh("cat /proc/sys/net/ipv6/conf/all/forwarding")).isEqualTo("1");
        String link = made.bridge().orElseThrow().link();
        assertThat(sh("cat /proc/sys/net/ipv6/conf/" + link + "/accept_ra")).isEqualTo("0");
        assertThat(engine.networks()).extracting(NetworkView::name).containsExactly("blue", "bridge", "host", "none");
        join(engine.removeNetwork("blue"));
        assertThat(events).extracting(Event::address).containsExactly("netd.network.created", "netd.network.removed");
        assertThat(events.get(0).payload().toString())
                .contains("blue")
                .contains(link)
                .contains("fd");
    }

    @Test
    void aNetworkThatCannotBeMadeLeavesNothing() {
        List<String> links = Engines.links();
        List<Path> files = Engines.files(folder);
        Map<String, String> tooLong = Map.of("com.docker.network.driver.mtu", "65535");
        sh("ip link add stranger0 type bridge");

        assertThatThrownBy(() -> join(engine.createNetwork(
                        request("blue", false, Map.of("com.docker.network.bridge.name", "stranger0")))))
                .hasMessageContaining("stranger0 exists already");

        sh("ip link del stranger0");
        assertThat(Engines.links()).isEqualTo(links);
        assertThat(Engines.files(folder)).isEqualTo(files);
        join(engine.createNetwork(request("blue", false, tooLong)));
    }

    @Test
    void aNetworkGoesOrItsContainerComesNeverBoth() {
        try (ThrowawayNamespace sandbox = ThrowawayNamespace.create()) {
            for (int round = 0; round < 20; round++) {
                join(engine.createNetwork(request("blue", false, Map.of())));
                CompletableFuture<Boolean> came = succeeded(() -> engine.attach(container(sandbox)));
                CompletableFuture<Boolean> went = succeeded(() -> engine.removeNetwork("blue"));
                if (went.join()) {
                    assertThat(came.join()).isFalse();
                    assertThat(engine.attachments()).isEmpty();
                } else {
                    assertThat(came.join()).isTrue();
                    assertThatThrownBy(() -> join(engine.removeNetwork("blue")))
                            .hasMessageContaining("has active endpoints (name:\"one\" id:\"c1\")");
                    join(engine.detach(new ContainerId("c1")));
                    join(engine.removeNetwork("blue"));
                }
                assertThat(Engines.links()).noneMatch(link -> link.startsWith("br-") || link.startsWith("veth"));
            }
        }
    }

    @Test
    void anInternalNetworkHasNoWayOut() {
        join(engine.createNetwork(new NetworkRequest("blue", List.of(), List.of(), true, true, Map.of())));
        try (ThrowawayNamespace sandbox = ThrowawayNamespace.create()) {
            join(engine.attach(container(sandbox)));
            assertThat(sandbox.sh("ip route; ip -6 route")).doesNotContain("default");
            assertThat(sandbox.sh("busybox ping -c 1 -W 2 172.18.0.1 >/dev/null && echo reached"))
                    .contains("reached");
            join(engine.detach(new ContainerId("c1")));
        }
    }

    private static CompletableFuture<Boolean> succeeded(Supplier<CompletionStage<?>> work) {
        return CompletableFuture.supplyAsync(() -> work.get().handle((done, failure) -> failure == null))
                .thenCompose(stage -> stage)
                .exceptionally(failure -> false);
    }

    private static NetworkRequest request(String name, boolean ipv6, Map<String, String> options) {
        return new NetworkRequest(name, List.of(), List.of(), ipv6, false, options);
    }

    private static ContainerAttach container(ThrowawayNamespace sandbox) {
        return new ContainerAttach(
                new ContainerId("c1"),
                "one",
                new NetworkMode.Own("blue"),
                Engines.path(sandbox),
                List.of(),
                WantedAddresses.NONE);
    }

    private Engine opened() {
        Engine opened = new EngineBuilder(
                        EngineSettings.of(folder.resolve("run"), folder.resolve("data"), BridgeSettings.DEFAULT),
                        List.of(new BridgePlugin(), new PortmapPlugin()),
                        HostFirewall.detect(Optional.empty())::open)
                .open();
        join(opened.start());
        return opened;
    }

    private static String sh(String script) {
        return Program.of("sh", "-c", script).run().out().strip();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
