package io.netd.firewall;

import java.util.List;
import java.util.Optional;

/**
 * Who gets in to a network's containers besides those who ask for published ports at the host's addresses.
 *
 * @param trusted interfaces of the host: what comes in by them reaches published ports at the containers' own addresses
 * @param mark what bears it reaches ports that are not published, and neighbours where they do not reach one another
 */
public record Admission(List<String> trusted, Optional<Match.Mark> mark) {
    /** Nobody. */
    public static final Admission NONE = new Admission(List.of(), Optional.empty());

    /** Keeps each name once. */
    public Admission {
        trusted = trusted.stream().distinct().toList();
        trusted.forEach(InterfaceNames::check);
    }
}
