package io.netd.netctl.command;

import io.netd.netctl.api.Netd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netctl exec}. */
@Command(
        name = "exec",
        customSynopsis = "CONTAINER COMMAND [ARG...]",
        description = "Execute a command in a running container")
final class Exec implements NetctlCommand {
    @Option(
            names = {"-i", "--interactive"},
            description = "Hand standard input to the command")
    private boolean interactive;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "list",
            description = "Set environment variables")
    private List<String> environment = new ArrayList<>();

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "string",
            description = "Working directory inside the container")
    private Optional<String> workingDirectory = Optional.empty();

    @Option(
            names = {"-u", "--user"},
            paramLabel = "string",
            description = "User name or UID, with an optional :GROUP")
    private Optional<String> user = Optional.empty();

    @Parameters(index = "0", paramLabel = "CONTAINER")
    private String container = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND")
    private List<String> command = new ArrayList<>();

    @Override
    public boolean stopsAtFirstArgument() {
        return true;
    }

    @Override
    public int run(Session session) {
        Netd.ExecSpec spec = new Netd.ExecSpec(
                container,
                command,
                Run.variables(environment, session.environment()),
                workingDirectory,
                user,
                interactive);
        return session.netd().exec(spec, session.terminal().in(), Chunks.to(session));
    }
}
