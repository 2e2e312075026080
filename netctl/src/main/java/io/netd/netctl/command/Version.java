package io.netd.netctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.netd.netctl.api.VersionInfo;
import io.netd.netctl.output.Json;
import io.netd.netctl.output.Template;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code netctl version}. */
@Command(name = "version", description = "Show the netd version information")
final class Version implements NetctlCommand {
    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public int run(Session session) {
        VersionInfo version = session.netd().version();
        if (format.value().isPresent()) {
            JsonNode tree = Json.tree(Map.of("Server", version));
            String wanted = format.value().get();
            session.out().println(wanted.equals("json") ? tree.toString() : Template.render(wanted, tree));
            return 0;
        }
        session.out().println("Client:");
        session.out()
                .println(" Version:      "
                        + session.environment().getOrDefault("NETD_CLIENT_VERSION", version.version()));
        session.out().println();
        session.out().println("Server: netd");
        session.out().println(" Version:      " + version.version());
        session.out().println(" API version:  " + version.apiVersion());
        session.out().println(" Java version: " + version.javaVersion());
        session.out().println(" OS/Arch:      " + version.os() + "/" + version.arch());
        session.out().println(" Kernel:       " + version.kernel());
        session.out().println(" CNI versions: " + String.join(" ", version.cniVersions()));
        return 0;
    }
}
