package io.netd.trace;

import java.util.List;

/**
 * What became of a packet.
 *
 * @param packet what was sent
 * @param arrived whether somebody listens where it came to; of one that left this host, whether it left
 * @param steps in their order; the last one says how it ended
 */
public record PacketTrace(String packet, boolean arrived, List<TraceStep> steps) {
    public PacketTrace {
        steps = List.copyOf(steps);
    }
}
