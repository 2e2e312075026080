package io.netd.netctl.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code netctl system uninstall}. */
@Command(
        name = "system uninstall",
        description = "Remove everything netd made on this host, images too, and end the daemon")
final class SystemUninstall implements NetctlCommand {
    @Option(
            names = {"-f", "--force"},
            description = "Stop and remove containers, too")
    private boolean force;

    @Override
    public int run(Session session) {
        session.netd().uninstall(force, line -> session.out().println(line));
        return 0;
    }
}
