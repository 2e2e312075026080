package io.netd.netctl.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netctl network inspect}. */
@Command(name = "network inspect", description = "Display detailed information on one or more networks")
final class NetworkInspect implements NetctlCommand {
    @Option(
            names = {"-f", "--format"},
            paramLabel = "string",
            description = "json (in one line), or a template such as '{{.Driver}}'")
    private String format = "";

    @Parameters(arity = "1..*", paramLabel = "NETWORK")
    private List<String> networks = new ArrayList<>();

    @Override
    public int run(Session session) {
        return Inspection.print(session, networks, format, session.netd()::inspectNetwork);
    }
}
