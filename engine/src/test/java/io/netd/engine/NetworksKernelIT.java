package io.netd.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpPrefix;
import io.netd.cni.ContainerId;
import io.netd.engine.event.Event;
import io.netd.engine.network.AddressPool;
import io.netd.engine.network.BridgeAccess;
import io.netd.engine.network.BridgeSettings;
import io.netd.engine.network.ContainerAttach;
import io.netd.engine.network.NetworkView;
import io.netd.engine.network.WantedAddresses;
import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.container.ContainerPlugin;
import io.netd.plugins.host.HostPlugin;
import io.netd.plugins.none.NonePlugin;
import io.netd.plugins.spi.JoinTarget;
import io.netd.runtime.NetworkMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NetworksKernelIT {
    private final List<String> before = Engines.links();
    private final String forwarding = sh("cat /proc/sys/net/ipv4/ip_forward");

    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeft() {
        sh("ip link del docker0 2>/dev/null; ip link del uplink0 2>/dev/null; true");
        assertThat(Engines.links()).isEqualTo(before);
        assertThat(sh("cat /proc/sys/net/ipv4/ip_forward")).isEqualTo(forwarding);
    }

    @Test
    void theDefaultBridgeIsDockersAndGoesWithUninstall() {
        sh("echo 0 > /proc/sys/net/ipv4/ip_forward");
        try (Engine engine = start("a", BridgeSettings.DEFAULT)) {
            assertThat(sh("ip -4 -o addr show docker0")).contains("172.17.0.1/16");
            assertThat(sh("ip -o link show docker0")).contains("mtu 1500").contains("UP");
            assertThat(sh("cat /proc/sys/net/ipv4/ip_forward")).isEqualTo("1");
            assertThat(engine.networks()).extracting(NetworkView::name).containsExactly("bridge", "host", "none");
            join(engine.uninstall(false));
            assertThat(Engines.files(folder.resolve("a"))).allMatch(file -> file.endsWith("journal.lock"));
            assertThat(sh("cat /proc/sys/net/ipv4/ip_forward")).isEqualTo("0");
        }
        sh("echo " + forwarding + " > /proc/sys/net/ipv4/ip_forward");
    }

    @Test
    void forwardingIsGivenBackByALaterRun() {
        sh("echo 0 > /proc/sys/net/ipv4/ip_forward");
        start("a", BridgeSettings.DEFAULT).close();
        try (Engine engine = start("a", BridgeSettings.DEFAULT)) {
            assertThat(sh("cat /proc/sys/net/ipv4/ip_forward")).isEqualTo("1");
            assertThat(join(engine.uninstall(false))).contains("setting net/ipv4/ip_forward");
            assertThat(sh("cat /proc/sys/net/ipv4/ip_forward")).isEqualTo("0");
        }
        sh("echo " + forwarding + " > /proc/sys/net/ipv4/ip_forward");
    }

    @Test
    void ourBridgeIsTakenUpAgainAndMadeGood() {
        start("a", BridgeSettings.DEFAULT).close();
        String mac = sh("cat /sys/class/net/docker0/address");
        sh("ip addr flush dev docker0; ip link set docker0 down");
        try (Engine engine = start("a", BridgeSettings.DEFAULT)) {
            assertThat(sh("ip -4 -o addr show docker0")).contains("172.17.0.1/16");
            assertThat(engine.networks()).hasSize(3);
            assertThat(sh("cat /sys/class/net/docker0/address")).isEqualTo(mac);
            sh("ip link del docker0");
        }
        try (Engine engine = start("a", BridgeSettings.DEFAULT)) {
            assertThat(sh("cat /sys/class/net/docker0/address")).isEqualTo(mac);
            join(engine.uninstall(false));
        }
    }

    @Test
    void somebodyElsesBridgeIsNotTakenOver() {
        sh("ip link add docker0 type bridge; ip addr add 10.5.0.1/24 dev docker0");
        try (Engine engine = open("a", BridgeSettings.DEFAULT)) {
            assertThatThrownBy(() -> join(engine.start()))
                    .hasMessageContaining("docker0")
                    .hasMessageContaining("--bridge");
            assertThat(engine.networks()).extracting(NetworkView::name).containsExactly("host", "none");
        }
        BridgeSettings adopting = adopting(false);
        try (Engine engine = start("a", adopting)) {
            assertThat(engine.networks().get(0).bridge().orElseThrow().gateways())
                    .containsExactly(IpPrefix.parse("10.5.0.1/24"));
            join(engine.uninstall(false));
            assertThat(sh("ip -4 -o addr show docker0")).contains("10.5.0.1/24");
        }
    }

    private static BridgeSettings adopting(boolean ipv6) {
        return new BridgeSettings(
                "docker0",
                Optional.empty(),
                AddressPool.DOCKERS,
                OptionalInt.empty(),
                true,
                true,
                Optional.empty(),
                BridgeAccess.DEFAULT,
                ipv6,
                ipv6 ? Optional.of(IpPrefix.parse("fd99::/64")) : Optional.empty());
    }

    @Test
    void anAdoptedBridgeWithIpv6BringsItsAddress() {
        sh("ip link add docker0 type bridge; ip addr add 10.5.0.1/24 dev docker0; ip link set docker0 up");
        BridgeSettings adopting = adopting(true);
        try (Engine engine = open("a", adopting)) {
            assertThatThrownBy(() -> join(engine.start()))
                    .hasMessageEndingWith(
                            "link docker0 has no IPv6 address that containers could use as gateway: give it one");
        }
        sh("ip addr add fd05::1/64 dev docker0 nodad");
        try (Engine engine = start("a", adopting)) {
            assertThat(engine.networks().get(0).bridge().orElseThrow().gateways())
                    .containsExactly(IpPrefix.parse("10.5.0.1/24"), IpPrefix.parse("fd05::1/64"));
            join(engine.uninstall(false));
            assertThat(sh("ip -6 -o addr show docker0 scope global"))
                    .contains("fd05::1/64")
                    .doesNotContain("fd99::");
        }
    }

    @Test
    void aSubnetThatTheHostReachesAlreadyIsPassedOver() {
        sh("ip link add uplink0 type bridge; ip addr add 172.17.9.9/20 dev uplink0; ip link set uplink0 mtu 1400 up;"
                + "ip route add default via 172.17.9.1");
        try (Engine engine = start("a", BridgeSettings.DEFAULT)) {
            assertThat(sh("ip -4 -o addr show docker0")).contains("172.18.0.1/16");
            assertThat(sh("ip -o link show docker0")).contains("mtu 1400");
            join(engine.uninstall(false));
        }
    }

    @Test
    void anotherBipIsTakenUpWhileNothingHangsOnTheBridge() {
        start("a", BridgeSettings.DEFAULT).close();
        BridgeSettings other = new BridgeSettings(
                "docker0",
                Optional.of(IpPrefix.parse("10.77.0.1/24")),
                AddressPool.DOCKERS,
                OptionalInt.of(1300),
                true,
                false,
                Optional.empty(),
                BridgeAccess.DEFAULT,
                false,
                Optional.empty());
        try (Engine engine = start("a", other)) {
            assertThat(sh("ip -4 -o addr show docker0"))
                    .contains("10.77.0.1/24")
                    .doesNotContain("172.17");
            assertThat(sh("ip -o link show docker0")).contains("mtu 1300");
            join(engine.uninstall(false));
        }
    }

    @Test
    void containersOfHostNoneAndContainerModeAreConnected() {
        List<Event> events = new ArrayList<>();
        try (ThrowawayNamespace sandbox = ThrowawayNamespace.create();
                Engine engine = start("a", BridgeSettings.DEFAULT)) {
            engine.subscribe(events::add);
            AttachmentView none = join(engine.attach(container("c1", new NetworkMode.None(), Engines.path(sandbox))));
            assertThat(none.networks()).containsExactly("none");
            AttachmentView host = join(engine.attach(container("c2", new NetworkMode.Host(), "/proc/self/ns/net")));
            assertThat(host.addresses()).contains(IpPrefix.parse("172.17.0.1/16"));
            AttachmentView joined =
                    join(engine.attach(container("c3", new NetworkMode.Container("target"), Engines.path(sandbox))));
            assertThat(joined.plugins()).containsExactly("container");
            assertThatThrownBy(() -> join(engine.uninstall(false))).hasMessageContaining("3 attachments");
            assertThat(join(engine.detach(new ContainerId("c1")))).isTrue();
            assertThat(join(engine.detach(new ContainerId("c1")))).isFalse();
            join(engine.uninstall(true));
            assertThat(engine.attachments()).isEmpty();
        }
        assertThat(events).extracting(Event::address).contains("netd.attachment.added", "netd.network.removed");
    }

    @Test
    void anUnknownNetworkIsRefusedByName() {
        try (Engine engine = start("a", BridgeSettings.DEFAULT)) {
            assertThatThrownBy(() ->
                            join(engine.attach(container("c1", new NetworkMode.Own("blue"), "/proc/self/ns/net"))))
                    .hasMessageContaining("network blue not found");
            join(engine.uninstall(false));
        }
    }

    private ContainerAttach container(String id, NetworkMode mode, String netns) {
        targetPath = netns;
        return new ContainerAttach(new ContainerId(id), "name-" + id, mode, netns, List.of(), WantedAddresses.NONE);
    }

    private String targetPath = "";

    private Engine start(String name, BridgeSettings settings) {
        Engine engine = open(name, settings);
        try {
            join(engine.start());
            return engine;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private Engine open(String name, BridgeSettings settings) {
        return new EngineBuilder(
                        EngineSettings.of(folder.resolve(name), folder.resolve("data"), settings),
                        List.of(new NonePlugin(), new HostPlugin(), new ContainerPlugin()),
                        (framework, namespace) -> new QuietBackend())
                .containers(nameOrId ->
                        Optional.of(new JoinTarget("target-id", nameOrId, "running", Optional.of(targetPath))))
                .open();
    }

    private static String sh(String script) {
        return Program.of("sh", "-c", script).run().out().strip();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
