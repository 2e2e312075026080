package io.netd.netctl.command;

import io.netd.netctl.api.ContainerSummary;
import io.netd.netctl.output.HumanDuration;
import io.netd.netctl.output.Listing;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code netctl ps}. */
@Command(name = "ps", description = "List containers")
final class Ps implements NetctlCommand {
    private static final int SHORT_ID = 12;
    private static final int COMMAND_WIDTH = 20;

    @Option(
            names = {"-a", "--all"},
            description = "Show all containers (default shows just running)")
    private boolean all;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only display container IDs")
    private boolean quiet;

    @Option(names = "--no-trunc", description = "Don't truncate output")
    private boolean whole;

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public int run(Session session) {
        List<ContainerSummary> containers = session.netd().containers(all);
        if (quiet) {
            containers.forEach(container -> session.out().println(id(container)));
            return 0;
        }
        Instant now = Instant.now();
        new Listing(columns(), containers.stream().map(c -> row(c, now)).toList()).print(session.out(), format.value());
        return 0;
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("ID", "CONTAINER ID");
        columns.put("Image", "IMAGE");
        columns.put("Command", "COMMAND");
        columns.put("RunningFor", "CREATED");
        columns.put("Status", "STATUS");
        columns.put("Ports", "PORTS");
        columns.put("Names", "NAMES");
        return columns;
    }

    private Map<String, String> row(ContainerSummary container, Instant now) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("ID", id(container));
        row.put("Image", container.image());
        row.put("Command", '"' + command(container) + '"');
        row.put("RunningFor", HumanDuration.of(Duration.between(container.created(), now)) + " ago");
        row.put("Status", status(container, now));
        row.put("Ports", DisplayedPorts.of(container.ports()));
        row.put("Names", container.name());
        row.put("State", container.state());
        row.put("Networks", container.network());
        row.put("Addresses", String.join(",", container.addresses()));
        row.put("CreatedAt", container.created().toString());
        return row;
    }

    private String id(ContainerSummary container) {
        return whole ? container.id() : container.id().substring(0, SHORT_ID);
    }

    private String command(ContainerSummary container) {
        String text = String.join(" ", container.command());
        return whole || text.length() <= COMMAND_WIDTH ? text : text.substring(0, COMMAND_WIDTH - 1) + "…";
    }

    private static String status(ContainerSummary container, Instant now) {
        return switch (container.state()) {
            case "running" ->
                "Up "
                        + container
                                .started()
                                .map(t -> HumanDuration.of(Duration.between(t, now)))
                                .orElse("");
            case "exited" -> "Exited (" + container.exitCode().orElse(0) + ")" + ago(container.finished(), now);
            default -> "Created";
        };
    }

    private static String ago(Optional<Instant> time, Instant now) {
        return time.map(t -> " " + HumanDuration.of(Duration.between(t, now)) + " ago")
                .orElse("");
    }
}
