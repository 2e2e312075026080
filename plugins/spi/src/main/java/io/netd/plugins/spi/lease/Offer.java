package io.netd.plugins.spi.lease;

import io.netd.cni.CniResult;
import io.netd.plugins.spi.Trace;
import java.util.List;

/**
 * Addresses for one attachment.
 *
 * @param result an address plugin's: addresses, routes and name servers, no interfaces
 * @param traces what taking them leaves behind and nobody has left yet
 */
public record Offer(CniResult result, List<Trace> traces) {
    /** No addresses, of a network without them. */
    public static final Offer NOTHING = new Offer(CniResult.EMPTY, List.of());

    /** Keeps a copy. */
    public Offer {
        traces = List.copyOf(traces);
    }
}
