package io.netd.engine.tracing;

import io.netd.address.Protocol;
import java.util.Optional;

/**
 * What somebody wants to see the way of.
 *
 * @param source a container's name, a prefix of its id, or an address; absent for this host itself
 * @param destination an address, or a container as in {@code source}
 * @param port 1 to 65535
 */
public record TraceQuestion(Optional<String> source, String destination, int port, Protocol protocol) {}
