package io.netd.netctl.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netctl port add}. */
@Command(name = "port add", description = "Publish more ports of a running container or of a CNI attachment")
final class PortAdd implements NetctlCommand {
    @Option(
            names = {"-p", "--publish"},
            required = true,
            paramLabel = "list",
            description = "Publish a container's port(s) to the host")
    private List<String> publish = new ArrayList<>();

    @Parameters(index = "0", paramLabel = "CONTAINER")
    private String container = "";

    @Override
    public int run(Session session) {
        PortText.print(session.netd().publish(container, publish), session.out());
        PortText.warn(session, container, publish);
        return 0;
    }
}
