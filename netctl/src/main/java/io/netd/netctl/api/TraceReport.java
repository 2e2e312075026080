package io.netd.netctl.api;

import java.util.List;

/**
 * What became of a packet.
 *
 * @param packet its ends as it was sent
 * @param arrived whether somebody listens where it came to
 * @param steps what happened, in order
 */
public record TraceReport(String packet, boolean arrived, List<Step> steps) {
    /** Copies the steps. */
    public TraceReport {
        steps = List.copyOf(steps);
    }

    /** One thing that happened. */
    public record Step(String what, String text) {}
}
