package io.netd.netctl.command;

import io.netd.netctl.api.PortHolder;
import io.netd.netctl.api.PublishedPort;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code netctl port owner}. */
@Command(name = "port owner", description = "Tell who has a port of the host")
final class PortOwner implements NetctlCommand {
    private static final int MOST = 65_535;

    @Mixin
    private FormatOption format = new FormatOption();

    @Parameters(index = "0", paramLabel = "HOST_PORT[/PROTO]")
    private String wanted = "";

    @Override
    public int run(Session session) {
        String[] parts = wanted.split("/", 2);
        if (!parts[0].matches("[0-9]{1,5}") || Integer.parseInt(parts[0]) > MOST || Integer.parseInt(parts[0]) == 0) {
            throw new IllegalArgumentException("invalid port: " + wanted);
        }
        Optional<String> protocol = parts.length > 1 ? Optional.of(parts[1]) : Optional.empty();
        List<PortHolder> holders = session.netd().portHolders(Integer.parseInt(parts[0]), protocol);
        if (format.value().isPresent()) {
            holders.forEach(holder -> format.text(holder).ifPresent(session.out()::println));
        } else if (holders.isEmpty()) {
            session.out().println("nobody has port " + wanted);
        } else {
            holders.forEach(holder -> session.out().println(text(holder)));
        }
        return 0;
    }

    private static String text(PortHolder holder) {
        if (holder.kind().equals("process")) {
            String cgroup = holder.cgroup().isEmpty() ? "" : " in " + holder.cgroup();
            return holder.hostPort() + "/" + holder.protocol() + " is bound by " + holder.name() + " (pid "
                    + holder.pid() + ")" + cgroup;
        }
        PublishedPort port =
                new PublishedPort(holder.hostIp(), holder.hostPort(), holder.containerPort(), holder.protocol());
        String runtime = holder.runtime().isEmpty() ? "" : " of " + holder.runtime();
        return PortText.hostEnd(port) + " -> " + PortText.containerEnd(port) + " of " + holder.kind() + " "
                + holder.name() + " (" + holder.id() + ")" + runtime;
    }
}
