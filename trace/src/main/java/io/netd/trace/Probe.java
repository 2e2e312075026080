package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import java.util.SplittableRandom;

/**
 * The packet that is sent: the first of a connection. Its source port is one that nobody else uses, by which it and the
 * answer are recognised.
 */
record Probe(Protocol protocol, IpAddress source, int sourcePort, IpAddress destination, int destinationPort) {
    /** Above what Linux takes for its own connections ({@code ip_local_port_range}). */
    private static final int FIRST_FREE = 61_001;

    private static final int AFTER_LAST = 65_001;

    /** A probe from a port of its own. */
    static Probe of(Protocol protocol, IpAddress source, IpAddress destination, int destinationPort) {
        int port = new SplittableRandom().nextInt(FIRST_FREE, AFTER_LAST);
        return new Probe(protocol, source, port, destination, destinationPort);
    }

    IpFamily family() {
        return destination.family();
    }
}
