package io.netd.trace;

import io.netd.address.IpAddress;
import java.util.List;
import java.util.Optional;

/** Knows which container has an address, and which a port of the host. */
public interface Guests {
    /** The container; empty when none has it. */
    Optional<Guest> at(IpAddress address);

    /** What is published on that port, on whichever address and protocol. */
    List<PublishedPort> publishing(int hostPort);
}
