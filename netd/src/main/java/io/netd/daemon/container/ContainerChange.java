package io.netd.daemon.container;

import java.util.List;

/**
 * Payload of {@code netd.container.*} events.
 *
 * @param version of this record
 * @param container the container's id
 * @param name its name
 * @param network the network it is on, as asked for; empty where the event does not say
 * @param addresses what it was given; only when it was connected
 * @param exitCode how its program ended; 0 before that
 */
public record ContainerChange(
        int version, String container, String name, String network, List<String> addresses, int exitCode) {
    /** Of this shape. */
    static final int VERSION = 1;

    /** Copies the list. */
    public ContainerChange {
        addresses = List.copyOf(addresses);
    }
}
