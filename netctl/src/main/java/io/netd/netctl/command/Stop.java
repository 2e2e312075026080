package io.netd.netctl.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netctl stop}. */
@Command(name = "stop", description = "Stop one or more running containers")
final class Stop implements NetctlCommand {
    @Option(
            names = {"-t", "--time", "--timeout"},
            paramLabel = "int",
            description = "Seconds to wait before killing the container")
    private int seconds = 10;

    @Parameters(arity = "1..*", paramLabel = "CONTAINER")
    private List<String> containers = new ArrayList<>();

    @Override
    public int run(Session session) {
        Duration grace = Duration.ofSeconds(Math.max(0, seconds));
        return EachName.run(session, containers, name -> session.netd().stop(name, grace));
    }
}
