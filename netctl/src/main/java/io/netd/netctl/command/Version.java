package io.netd.netctl.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.netd.netctl.api.VersionInfo;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code netctl version}. */
@Command(name = "version", description = "Show the netd version information")
final class Version implements NetctlCommand {
    @Mixin
    private FormatOption format = new FormatOption();

    private record Both(
            @JsonProperty("Client") Map<String, String> client,
            @JsonProperty("Server") VersionInfo server) {}

    @Override
    public int run(Session session) {
        VersionInfo version = session.netd().version();
        String client = session.environment().getOrDefault("NETD_CLIENT_VERSION", version.version());
        Optional<String> text = format.text(new Both(Map.of("Version", client), version));
        if (text.isPresent()) {
            session.out().println(text.get());
            return 0;
        }
        session.out().println("Client:");
        session.out().println(" Version:      " + client);
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
