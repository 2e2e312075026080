package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import java.util.Optional;

/**
 * What is to be traced.
 *
 * @param destination the address as whoever sends knows it, before any translation
 * @param port 1 to 65535
 */
public record TraceRequest(Origin origin, IpAddress destination, int port, Protocol protocol) {
    public TraceRequest {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("invalid port: " + port);
        }
    }

    /** The address that the sender is to use; empty for the one that its kernel chooses. */
    Optional<IpAddress> source() {
        if (origin instanceof Origin.FromGuest guest) {
            return guest.source();
        }
        return origin instanceof Origin.ThisHost here ? here.source() : Optional.empty();
    }
}
