package io.netd.netctl.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netctl kill}. */
@Command(name = "kill", description = "Kill one or more running containers")
final class Kill implements NetctlCommand {
    @Option(
            names = {"-s", "--signal"},
            paramLabel = "string",
            description = "Signal to send to the container")
    private String signal = "KILL";

    @Parameters(arity = "1..*", paramLabel = "CONTAINER")
    private List<String> containers = new ArrayList<>();

    @Override
    public int run(Session session) {
        int number = Signal.parse(signal);
        return EachName.run(session, containers, name -> session.netd().kill(name, number));
    }
}
