package io.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.cni.CniException;
import io.netd.daemon.fault.FaultPoints;
import io.netd.daemon.fault.Faults;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every step of every plugin's ADD and DEL fails once: each message to the kernel, each file, each program, before it does
 * anything and after. An ADD that fails leaves nothing; a DEL does what it can, and the next one the rest.
 */
class FailedStepsKernelIT {
    private static final int MOST_STEPS = 500;

    private final Logger log = Logger.getLogger("io.netd");
    private SteppedHost host;

    @BeforeAll
    static void setFaultPoints() throws ClassNotFoundException {
        FaultPoints.set();
    }

    @BeforeEach
    void beQuiet() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void close() {
        Faults.disarm();
        host.close();
        log.setLevel(null);
    }

    static Stream<StepCase> cases() {
        return Stream.of(
                StepCase.addressed(
                        "bridge",
                        ",\"bridge\":\"steps0\",\"isDefaultGateway\":true,\"ipMasq\":true,\"hairpinMode\":true"),
                StepCase.addressed(
                        "bridge",
                        ",\"bridge\":\"steps0\",\"isGateway\":true,\"forceAddress\":true,\"macspoofchk\":true,"
                                + "\"portIsolation\":true,\"enabledad\":true,\"mtu\":1400"),
                StepCase.addressed(
                        "bridge",
                        ",\"bridge\":\"steps0\",\"isGateway\":true,\"ipMasq\":true,\"ipMasqBackend\":\"nftables\","
                                + "\"netd\":{\"protect\":true}"),
                StepCase.alone("bridge", ",\"bridge\":\"steps0\",\"disableContainerInterface\":true"),
                StepCase.alone(
                        "bridge",
                        ",\"bridge\":\"steps0\",\"ipam\":{\"type\":\"static\",\"addresses\":[{\"address\":\"10.84.0.5/24\"}]}"),
                StepCase.alone("bridge", ",\"bridge\":\"steps0\",\"isGateway\":true,\"ipam\":{\"type\":\"book\"}"),
                StepCase.addressed("ptp", ",\"ipMasq\":true,\"mtu\":1400"),
                StepCase.alone("ptp", ",\"ipam\":{\"type\":\"book\"}"),
                StepCase.addressed("host-local", ""),
                StepCase.alone(
                        "static", ",\"ipam\":{\"type\":\"static\",\"addresses\":[{\"address\":\"10.84.0.5/24\"}]}"),
                StepCase.chained(
                        "portmap",
                        ",\"snat\":true,\"runtimeConfig\":{\"portMappings\":["
                                + "{\"hostPort\":8471,\"containerPort\":80,\"protocol\":\"tcp\"},"
                                + "{\"hostPort\":8472,\"containerPort\":53,\"protocol\":\"udp\",\"hostIP\":\"127.0.0.1\"}]}"),
                StepCase.chained(
                        "portmap",
                        ",\"backend\":\"nftables\",\"runtimeConfig\":{\"portMappings\":["
                                + "{\"hostPort\":8471,\"containerPort\":80,\"protocol\":\"tcp\"}]}"),
                StepCase.chained("firewall", ",\"backend\":\"iptables\",\"ingressPolicy\":\"same-bridge\""),
                StepCase.chained("firewall", ",\"backend\":\"nftables\""),
                StepCase.addressed("bridge", ",\"bridge\":\"steps0\",\"isGateway\":true,\"ipMasq\":true")
                        .onLegacy(),
                StepCase.chained(
                                "portmap",
                                ",\"runtimeConfig\":{\"portMappings\":["
                                        + "{\"hostPort\":8471,\"containerPort\":80,\"protocol\":\"tcp\"}]}")
                        .onLegacy(),
                StepCase.chained("firewall", ",\"backend\":\"iptables\",\"ingressPolicy\":\"same-bridge\"")
                        .onLegacy(),
                StepCase.chained(
                        "tuning",
                        ",\"dataDir\":\"/run/steps/tuning\",\"mac\":\"02:00:00:00:00:99\",\"promisc\":true,\"mtu\":1400,"
                                + "\"allmulti\":true,\"txQLen\":77,"
                                + "\"sysctl\":{\"net.ipv4.conf.IFNAME.arp_filter\":\"1\",\"net.core.somaxconn\":\"99\"}"),
                StepCase.chained(
                        "bandwidth",
                        ",\"ingressRate\":1000000,\"ingressBurst\":200000,\"egressRate\":2000000,\"egressBurst\":300000"),
                StepCase.alone("loopback", ""),
                StepCase.alone("container", ",\"container\":\"other\"").in("/run/netns/other"),
                StepCase.alone("host", "").in("/proc/self/ns/net"),
                StepCase.alone("none", ""));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anAddLeavesNothing(StepCase which) {
        host = SteppedHost.open(which);
        host.prepare(which);
        List<String> before = host.look();
        for (Faults.Kind kind : Faults.Kind.values()) {
            Optional<String> hit = Optional.of("");
            int step = 1;
            for (; hit.isPresent(); step++) {
                assertThat(step).isLessThan(MOST_STEPS);
                Faults.arm(kind, step);
                Optional<CniException> failure = host.failure("ADD", which);
                hit = Faults.disarm();
                String place = which + ": " + kind + " " + step + " " + hit.orElse("-");
                if (failure.isPresent()) {
                    assertThat(failure.get().getMessage()).as(place).isNotBlank();
                    assertThat(hit).as(failure.get().getMessage()).isPresent();
                } else {
                    assertThat(host.failure("DEL", which)).as(place).isEmpty();
                    host.sweep(which);
                }
                assertThat(SteppedHost.changes(before, host.look())).as(place).isEmpty();
            }
            System.out.println(which + ": " + kind + " at " + (step - 2) + " steps of ADD");
        }
    }

    /** Without tuning: what its DEL cannot give back it forgives, as the reference plugin's does. */
    static Stream<StepCase> casesOfDel() {
        return cases().filter(which -> !which.config().contains("\"tuning\""));
    }

    @ParameterizedTest
    @MethodSource("casesOfDel")
    void aDelDoesWhatItCanAndTheNextOneTheRest(StepCase which) {
        host = SteppedHost.open(which);
        host.prepare(which);
        List<String> before = host.look();
        TreeSet<String> failed = new TreeSet<>();
        for (Faults.Kind kind : Faults.Kind.values()) {
            Optional<String> hit = Optional.of("");
            for (int step = 1; hit.isPresent(); step++) {
                assertThat(step).isLessThan(MOST_STEPS);
                assertThat(host.failure("ADD", which)).as(which + ": " + step).isEmpty();
                Faults.arm(kind, step);
                Optional<CniException> failure = host.failure("DEL", which);
                hit = Faults.disarm();
                String place = which + ": " + kind + " " + step + " " + hit.orElse("-");
                if (failure.isPresent()) {
                    failed.add(place);
                    if (host.tracesLeft() > 1) {
                        onlyTheJournalIsLeft(
                                which, before, place + ": " + failure.get().getMessage());
                    }
                }
                assertThat(host.failure("DEL", which)).as(place).isEmpty();
                host.sweep(which);
                assertThat(SteppedHost.changes(before, host.look())).as(place).isEmpty();
            }
        }
        System.out.println(which + ": DEL reported " + failed.size() + " failures");
    }

    /** What could not be written there has been done all the same. */
    private void onlyTheJournalIsLeft(StepCase which, List<String> before, String place) {
        host.sweep(which);
        assertThat(SteppedHost.changes(before, host.look())).as(place).allMatch(SteppedHost::isJournal);
    }
}
