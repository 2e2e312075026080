package io.netd.netctl.command;

import io.netd.netctl.api.PublishedPort;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code netctl port}. */
@Command(name = "port", description = "List port mappings or a specific mapping for the container")
final class Port implements NetctlCommand {
    @Parameters(index = "0", paramLabel = "CONTAINER")
    private String container = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "PRIVATE_PORT[/PROTO]")
    private Optional<String> wanted = Optional.empty();

    @Override
    public int run(Session session) {
        List<PublishedPort> ports = session.netd().ports(container);
        if (wanted.isEmpty()) {
            ports.forEach(port -> session.out().println(PortText.containerEnd(port) + " -> " + PortText.hostEnd(port)));
            return 0;
        }
        String end = wanted.get().contains("/") ? wanted.get() : wanted.get() + "/tcp";
        List<PublishedPort> matching = ports.stream()
                .filter(port -> PortText.containerEnd(port).equals(end))
                .toList();
        if (matching.isEmpty()) {
            session.err().println("Error: No public port '" + end + "' published for " + container);
            return 1;
        }
        matching.forEach(port -> session.out().println(PortText.hostEnd(port)));
        return 0;
    }
}
