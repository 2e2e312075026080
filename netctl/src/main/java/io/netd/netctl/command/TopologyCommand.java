package io.netd.netctl.command;

import io.netd.netctl.api.Topology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code netctl topology}. */
@Command(name = "topology", description = "Draw bridges, veths, containers and ports")
final class TopologyCommand implements NetctlCommand {
    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public int run(Session session) {
        Topology topology = session.netd().topology();
        format.text(topology)
                .ifPresentOrElse(
                        session.out()::println,
                        () -> TopologyDrawing.lines(topology).forEach(session.out()::println));
        return 0;
    }
}
