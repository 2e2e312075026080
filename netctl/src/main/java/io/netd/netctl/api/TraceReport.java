package io.netd.netctl.api;

import java.util.List;
import java.util.Optional;

/**
 * What became of a packet.
 *
 * @param packet its ends as it was sent
 * @param arrived whether somebody listens where it came to
 * @param stop where and why it stopped; empty when it arrived
 * @param steps what happened, in order
 */
public record TraceReport(String packet, boolean arrived, Optional<Stop> stop, List<Step> steps) {
    /** Copies the steps. */
    public TraceReport {
        steps = List.copyOf(steps);
    }

    /** One thing that happened. */
    public record Step(String what, String text) {}

    /**
     * The end for programs.
     *
     * @param cause a word for why, such as {@code no-carrier}
     * @param thing what does it, such as the link's name
     */
    public record Stop(String cause, String thing) {}
}
