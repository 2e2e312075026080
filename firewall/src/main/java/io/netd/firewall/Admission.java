package io.netd.firewall;

import java.util.Optional;

/**
 * Who gets in to a network's containers besides those who ask for published ports.
 *
 * @param mark what bears it reaches ports that are not published, and neighbours where they do not reach one another
 */
public record Admission(Optional<Match.Mark> mark) {
    /** Nobody. */
    public static final Admission NONE = new Admission(Optional.empty());
}
