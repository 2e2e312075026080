package io.netd.netctl.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netctl inspect}. */
@Command(name = "inspect", description = "Return low-level information on containers")
final class Inspect implements NetctlCommand {
    @Option(
            names = {"-f", "--format"},
            paramLabel = "string",
            description = "json (in one line), or a template such as '{{.State.Pid}}'")
    private String format = "";

    @Parameters(arity = "1..*", paramLabel = "CONTAINER")
    private List<String> containers = new ArrayList<>();

    @Override
    public int run(Session session) {
        return Inspection.print(session, containers, format, session.netd()::inspectContainer);
    }
}
