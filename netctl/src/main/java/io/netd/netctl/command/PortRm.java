package io.netd.netctl.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netctl port rm}. */
@Command(name = "port rm", description = "Stop publishing ports of a container or of a CNI attachment")
final class PortRm implements NetctlCommand {
    @Option(
            names = {"-p", "--publish"},
            required = true,
            paramLabel = "list",
            description = "What to take back, as it was published; without addresses on every one")
    private List<String> publish = new ArrayList<>();

    @Parameters(index = "0", paramLabel = "CONTAINER")
    private String container = "";

    @Override
    public int run(Session session) {
        PortText.print(session.netd().unpublish(container, publish), session.out());
        return 0;
    }
}
