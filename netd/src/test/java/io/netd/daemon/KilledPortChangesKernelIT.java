package io.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

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
    private static final String LOOK =
            "{ iptables-save | grep ^-A | grep -v LOCAL; ss -Hltun; nft -s list ruleset; } | sort";
    private static final String LOCALNET = "/proc/sys/net/ipv4/conf/docker0/route_localnet";

    private final Logger log = Logger.getLogger("io.netd");
    private Engine engine;

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
        sh("ip netns del pod; ip link del docker0; nft flush ruleset; rm -rf /run/killed");
        log.setLevel(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iptables", "nftables"})
    void aPortIsThereWholeOrNotAtAll(String backend) {
        engine = started(backend);
        join(engine.attach(new ContainerAttach(
                POD.containerId(),
                "pod",
                new NetworkMode.Own("bridge"),
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
                    sh("echo 0 >" + LOCALNET);
                }
                answered = isAnswered(published, step);
                String place = backend + ", published " + published + ", killed at step " + step;
                engine.close();
                engine = started(backend);
                assertThat(sh(LOOK)).as(place).isEqualTo(arePublished() ? with : without);
                assertThat(!arePublished() || sh("cat " + LOCALNET).equals("1\n"))
                        .as(place)
                        .isTrue();
                assertThat(!answered || arePublished() == published).as(place).isTrue();
            }
        }
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
        join(published ? engine.publish(POD, PORTS) : engine.unpublish(POD, PORTS));
    }

    private boolean arePublished() {
        int count = engine.attachments().get(0).ports().size();
        assertThat(count).isIn(0, PORTS.size());
        return count > 0;
    }

    private static Engine started(String backend) {
        DaemonConfig config = ConfigSources.read(
                Map.of(Option.EXEC_ROOT, List.of("/run/killed"), Option.FIREWALL_BACKEND, List.of(backend)),
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
