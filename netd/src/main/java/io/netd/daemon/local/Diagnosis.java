package io.netd.daemon.local;

import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.daemon.doctor.Doctor;
import io.netd.daemon.doctor.Subject;
import io.netd.engine.RuleView;
import io.netd.engine.tracing.TraceQuestion;
import io.netd.netctl.api.DoctorCheck;
import io.netd.netctl.api.FirewallRule;
import io.netd.netctl.api.Topology;
import io.netd.netctl.api.TraceReport;
import io.netd.netctl.api.TraceSpec;
import io.netd.runtime.ContainerView;
import io.netd.trace.PacketTrace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What the daemon can tell of its host: what hangs where, how packets go, and what is wrong. Calls block. */
final class Diagnosis {
    private final LocalParts parts;

    Diagnosis(LocalParts parts) {
        this.parts = parts;
    }

    Topology topology(Stream<ContainerView> running) {
        return new TopologyView(parts.engine()).of(running);
    }

    TraceReport trace(TraceSpec spec) {
        TraceQuestion question =
                new TraceQuestion(spec.source(), spec.destination(), spec.port(), Protocol.parse(spec.protocol()));
        PacketTrace trace = parts.engine().trace(question).toCompletableFuture().join();
        List<TraceReport.Step> steps = trace.steps().stream()
                .map(step -> new TraceReport.Step(step.what(), step.text()))
                .toList();
        Optional<TraceReport.Stop> stop =
                trace.stop().map(found -> new TraceReport.Stop(found.cause().word(), found.thing()));
        return new TraceReport(trace.packet(), trace.arrived(), stop, steps);
    }

    List<DoctorCheck> doctor() {
        return Doctor.examine(new Subject(
                parts.config().hosts().stream().map(Object::toString).toList(),
                OptionalInt.of(parts.images().list().size()),
                OptionalInt.of(parts.engine().heldPorts()),
                parts.engine().unheldPorts(),
                parts.config().dataRoot(),
                parts.firewall(),
                Bridges.of(parts.engine().networks()),
                parts.engine().drift()));
    }

    List<FirewallRule> firewall() {
        String usual = parts.firewall().usual().toString();
        return parts.engine().rules().toCompletableFuture().join().stream()
                .map(view -> rule(view, usual))
                .toList();
    }

    private static FirewallRule rule(RuleView view, String usual) {
        String program = view.rule().family() == IpFamily.IPV4 ? "iptables " : "ip6tables ";
        return new FirewallRule(
                view.owner().value(),
                view.rule().framework().map(Object::toString).orElse(usual),
                program + view.rule(),
                view.present());
    }
}
