package io.netd.netctl;

import io.netd.netctl.api.ContainerSummary;
import io.netd.netctl.api.PublishedPort;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Containers as the daemon would tell of them. */
final class Summaries {
    private Summaries() {}

    /** A running container named web, in bridge mode. */
    static ContainerSummary running(String id, List<String> command, Instant since, List<PublishedPort> ports) {
        return new ContainerSummary(
                id,
                "web",
                "busybox:latest",
                command,
                since,
                "running",
                Optional.of(since),
                Optional.empty(),
                Optional.empty(),
                "bridge",
                List.of("172.17.0.2"),
                ports);
    }
}
