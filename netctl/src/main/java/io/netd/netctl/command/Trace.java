package io.netd.netctl.command;

import io.netd.netctl.api.TraceReport;
import io.netd.netctl.api.TraceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code netctl trace}. */
@Command(
        name = "trace",
        customSynopsis = "[SRC] DST:PORT[/tcp|udp|sctp]",
        description = "Send a packet and say where it goes, and where and why it stops")
final class Trace implements NetctlCommand {
    private static final int STOPPED = 1;

    @Mixin
    private FormatOption format = new FormatOption();

    @Parameters(
            index = "0..1",
            arity = "1..2",
            paramLabel = "[SRC] DST:PORT",
            description = "Who sends (a container, or an address; this host when left out) and to whom")
    private List<String> ends = new ArrayList<>();

    @Override
    public int run(Session session) {
        Optional<String> source = ends.size() > 1 ? Optional.of(ends.get(0)) : Optional.empty();
        TraceReport report = session.netd().trace(TraceSpec.parse(source, ends.get(ends.size() - 1)));
        format.text(report).ifPresentOrElse(session.out()::println, () -> print(session, report));
        return report.arrived() ? 0 : STOPPED;
    }

    private static void print(Session session, TraceReport report) {
        session.out().println(report.packet());
        report.steps().forEach(step -> session.out().println(String.format("  %-10s  %s", step.what(), step.text())));
    }
}
