package io.netd.netctl.command;

import io.netd.netctl.api.Netd;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netctl logs}. */
@Command(name = "logs", description = "Fetch the logs of a container")
final class Logs implements NetctlCommand {
    @Option(
            names = {"-f", "--follow"},
            description = "Follow log output")
    private boolean follow;

    @Option(
            names = {"-n", "--tail"},
            paramLabel = "string",
            description = "Number of lines to show from the end of the logs")
    private String tail = "all";

    @Option(
            names = {"-t", "--timestamps"},
            description = "Show timestamps")
    private boolean timestamps;

    @Parameters(paramLabel = "CONTAINER")
    private String container = "";

    @Override
    public int run(Session session) {
        session.netd().logs(container, new Netd.LogsSpec(follow, lines(), timestamps), Chunks.to(session));
        return 0;
    }

    private OptionalInt lines() {
        // Anything that is no number means all lines, as docker reads it.
        return tail.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(tail)) : OptionalInt.empty();
    }
}
