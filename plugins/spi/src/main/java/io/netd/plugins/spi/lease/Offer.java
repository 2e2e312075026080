package io.netd.plugins.spi.lease;

import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
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

    /**
     * The same for whoever puts addresses on an interface.
     *
     * @throws CniException when there is none
     */
    public Offer requireAddresses() {
        if (result.addresses().isEmpty()) {
            throw new CniException(ErrorCode.INTERNAL, "IPAM plugin returned missing IP config");
        }
        return this;
    }
}
