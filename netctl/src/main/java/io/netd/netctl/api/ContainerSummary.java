package io.netd.netctl.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One line of {@code ps}.
 *
 * @param id 64 hex digits
 * @param command the program and its arguments
 * @param state created, running or exited
 * @param exitCode present once it has exited, or could not be started
 * @param network the network mode as asked for
 */
public record ContainerSummary(
        String id,
        String name,
        String image,
        List<String> command,
        Instant created,
        String state,
        Optional<Instant> started,
        Optional<Instant> finished,
        Optional<Integer> exitCode,
        String network,
        List<String> addresses,
        List<PublishedPort> ports) {}
