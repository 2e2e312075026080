package io.netd.trace;

import io.netd.address.IpAddress;
import java.util.Optional;

/** Knows which container has an address. */
@FunctionalInterface
public interface Guests {
    /** The container; empty when none has it. */
    Optional<Guest> at(IpAddress address);
}
