package io.netd.netctl.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code netctl wait}. */
@Command(name = "wait", description = "Block until one or more containers stop, then print their exit codes")
final class Wait implements NetctlCommand {
    @Parameters(arity = "1..*", paramLabel = "CONTAINER")
    private List<String> containers = new ArrayList<>();

    @Override
    public int run(Session session) {
        return EachName.print(session, containers, name -> session.netd().waitFor(name));
    }
}
