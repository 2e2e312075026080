package io.netd.trace;

import java.util.List;
import java.util.Optional;

/**
 * What became of a packet.
 *
 * @param packet what was sent
 * @param steps in their order; the last one says how it ended
 * @param stop where and why it stopped; empty when somebody listens where it came to, or when it left this host
 */
public record PacketTrace(String packet, List<TraceStep> steps, Optional<Stop> stop) {
    /** Copies the steps. */
    public PacketTrace {
        steps = List.copyOf(steps);
    }

    /** Whether nothing stopped it. */
    public boolean arrived() {
        return stop.isEmpty();
    }
}
