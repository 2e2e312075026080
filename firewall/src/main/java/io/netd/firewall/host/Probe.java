package io.netd.firewall.host;

import java.util.Optional;

/**
 * The first packet of a connection on its way through the host, of which only so much is known.
 *
 * @param in the interface it came in by, if it is the bridge
 * @param out the interface it goes out by, if it is the bridge
 * @param translated whether it came to a published port
 */
record Probe(Optional<String> in, Optional<String> out, boolean translated) {

    /** Somebody connects to a published port. */
    static Probe published(String bridge) {
        return new Probe(Optional.empty(), Optional.of(bridge), true);
    }

    /** A container connects to somebody. */
    static Probe leaving(String bridge) {
        return new Probe(Optional.of(bridge), Optional.empty(), false);
    }
}
