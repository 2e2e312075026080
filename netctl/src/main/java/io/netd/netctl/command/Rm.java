package io.netd.netctl.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netctl rm}. */
@Command(name = "rm", description = "Remove one or more containers")
final class Rm implements NetctlCommand {
    @Option(
            names = {"-f", "--force"},
            description = "Force the removal of a running container (uses SIGKILL)")
    private boolean force;

    @Parameters(arity = "1..*", paramLabel = "CONTAINER")
    private List<String> containers = new ArrayList<>();

    @Override
    public int run(Session session) {
        return EachName.remove(
                session, containers, force, name -> session.netd().remove(name, force));
    }
}
