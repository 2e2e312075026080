package io.netd.netctl.command;

import io.netd.netctl.api.NetdException;
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
        int code = 0;
        for (String name : containers) {
            try {
                session.out().println(session.netd().waitFor(name));
            } catch (NetdException e) {
                session.err().println("Error response from daemon: " + e.getMessage());
                code = 1;
            }
        }
        return code;
    }
}
