package io.netd.runtime;

import java.util.List;

/**
 * How a container was connected.
 *
 * @param addresses literals without prefix length, for its {@code /etc/hosts}; none in host and none mode
 */
public record Attached(List<String> addresses) {
    /** Connected to nothing that has an address. */
    public static final Attached NOWHERE = new Attached(List.of());

    /** Copies the list. */
    public Attached {
        addresses = List.copyOf(addresses);
    }
}
