package io.netd.netctl.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netctl network rm}. */
@Command(name = "network rm", description = "Remove one or more networks")
final class NetworkRm implements NetctlCommand {
    @Option(
            names = {"-f", "--force"},
            description = "Do not error if the network does not exist")
    private boolean force;

    @Parameters(arity = "1..*", paramLabel = "NETWORK")
    private List<String> networks = new ArrayList<>();

    @Override
    public int run(Session session) {
        return EachName.remove(session, networks, force, name -> session.netd().removeNetwork(name));
    }
}
