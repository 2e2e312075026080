package io.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.cni.AttachmentId;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.daemon.config.ConfigSources;
import io.netd.daemon.config.DaemonConfig;
import io.netd.daemon.config.Option;
import io.netd.daemon.fault.FaultPoints;
import io.netd.daemon.fault.Faults;
import io.netd.engine.Engine;
import io.netd.engine.network.ContainerAttach;
import io.netd.engine.network.NetworkRequest;
import io.netd.engine.network.WantedAddresses;
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.proc.Program;
import io.netd.portmap.PortRequest;
import io.netd.runtime.NetworkMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A daemon is killed at every step of publishing a port of a running container, and of taking it back. The next one finds
 * the port whole or finds nothing of it; what was answered is so.
 */
class KilledPortChangesKernelIT {
    private static final int MOST_STEPS = 200;
    private static final AttachmentId POD = new AttachmentId(new ContainerId("pod"), new InterfaceName("eth0"));
    private static final List<PortRequest> PORTS = List.of(
            new PortRequest(List.of(), Optional.of(PortRange.of(8471)), 80, Protocol.TCP),
            new PortRequest(List.of(), Optional.of(PortRange.of(8472)), 53, Protocol.UDP));
    /** However and wherever they are published. */
    private static final List<PortRequest> ALL = List.of(
            new PortRequest(List.of(), Optional.empty(), 80, Protocol.TCP),
            new PortRequest(List.of(), Optional.empty(), 53, Protocol.UDP));

    private static final String LOOK =
            "{ iptables-save | grep ^-A | grep -v LOCAL; ss -Hltun; nft -s list ruleset; } | sort";

    /** IPv4 is translated there, and with IPv6 the containers' own addresses are reached. */
    private static final NetworkRequest MIXED = new NetworkRequest(
            "mixed",
            List.of(IpPrefix.parse("10.73.0.0/24"), IpPrefix.parse("fd73::/64")),
            List.of(),
            true,
            false,
            Map.of(
                    "com.docker.network.bridge.name",
                    "br-mixed",
                    "com.docker.network.bridge.gateway_mode_ipv6",
                    "routed"));

    private final Logger log = Logger.getLogger("io.netd");
    private Engine engine;
    private String bridge = "docker0";
    private int whole = PORTS.size();

    @BeforeAll
    static void setFaultPoints() throws ClassNotFoundException {
        FaultPoints.set();
    }

    @BeforeEach
    void open() {
        log.setLevel(Level.OFF);
        sh("ip netns add pod; mkdir -p /run/killed");
    }

    @AfterEach
    void close() {
        Faults.disarm();
        engine.close();
        sh("ip netns del pod; ip link del docker0; ip link del br-mixed; nft flush ruleset; rm -rf /run/killed");
        log.setLevel(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iptables", "nftables"})
    void aPortIsThereWholeOrNotAtAll(String backend) {
        engine = started(backend);
        killAtEveryStep(backend, "bridge");
    }

    /** What is translated and what is opened at the container's own address are two lists of rules. */
    @ParameterizedTest
    @ValueSource(strings = {"iptables", "nftables"})
    void onAMixedNetworkToo(String backend) {
        engine = started(backend);
        join(engine.createNetwork(MIXED));
        bridge = "br-mixed";
        whole = 2 * PORTS.size();
        killAtEveryStep(backend, "mixed");
    }

    private void killAtEveryStep(String backend, String network) {
        join(engine.attach(new ContainerAttach(
                POD.containerId(),
                "pod",
                new NetworkMode.Own(network),
                "/run/netns/pod",
                List.of(),
                WantedAddresses.NONE)));
        String without = sh(LOOK);
        change(true);
        String with = sh(LOOK);
        change(false);
        assertThat(sh(LOOK)).isEqualTo(without).isNotEqualTo(with);
        for (boolean published : List.of(true, false)) {
            boolean answered = false;
            for (int step = 1; !answered; step++) {
                assertThat(step).isLessThan(MOST_STEPS);
                begin(!published);
                if (published) {
                    // As before the first port of a host; with the last one it stays, for its guard does.
                    sh("echo 0 >" + localnet());
                }
                answered = isAnswered(published, step);
                String place = backend + ", published " + published + ", killed at step " + step;
                engine.close();
                engine = started(backend);
                assertThat(sh(LOOK)).as(place).isEqualTo(arePublished() ? with : without);
                assertThat(!arePublished() || sh("cat " + localnet()).equals("1\n"))
                        .as(place)
                        .isTrue();
                assertThat(!answered || arePublished() == published).as(place).isTrue();
            }
        }
    }

    private String localnet() {
        return "/proc/sys/net/ipv4/conf/" + bridge + "/route_localnet";
    }

    /** Whether all was done before the step came at which it would have been killed. */
    private boolean isAnswered(boolean published, int step) {
        Faults.armKill(step);
        try {
            change(published);
            return Faults.disarm().isEmpty();
        } catch (RuntimeException e) {
            assertThat(Faults.disarm()).as(e.toString()).isPresent();
            return false;
        }
    }

    /** Ports that are there have come at several times. */
    private void begin(boolean withPorts) {
        if (arePublished()) {
            change(false);
        }
        if (withPorts) {
            PORTS.forEach(port -> join(engine.publish(POD, List.of(port))));
        }
    }

    private void change(boolean published) {
        join(published ? engine.publish(POD, PORTS) : engine.unpublish(POD, ALL));
    }

    private boolean arePublished() {
        int count = engine.attachments().get(0).ports().size();
        assertThat(count).isIn(0, whole);
        return count > 0;
    }

    private static Engine started(String backend) {
        DaemonConfig config = ConfigSources.read(
                Map.of(
                        Option.EXEC_ROOT,
                        List.of("/run/killed"),
                        Option.DATA_ROOT,
                        List.of("/run/killed/data"),
                        Option.FIREWALL_BACKEND,
                        List.of(backend)),
                Optional.empty());
        Engine engine = EngineParts.open(config, HostFirewall.detect(config.framework()), name -> Optional.empty());
        join(engine.start());
        return engine;
    }

    private static String sh(String script) {
        return Program.of("sh", "-c", script).run().out();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
