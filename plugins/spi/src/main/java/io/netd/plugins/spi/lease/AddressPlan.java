package io.netd.plugins.spi.lease;

import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Traces;
import java.util.function.Function;

/** A validated request for addresses, not yet done. */
public interface AddressPlan {
    /**
     * Gets the addresses, on a kernel worker.
     *
     * @param traces where goes what has to be known before there is an offer
     * @param taker told what is offered while nothing of it is taken yet; leaves the offer's traces together with its own,
     *     for each leaving costs a write. Told another offer when another choice has to be made
     * @return what the taker made of the offer that holds
     */
    <T> T take(Host host, Traces traces, Function<Offer, T> taker);

    /** Whether the container's interface must be there, and up, before addresses are asked for. */
    default boolean needsInterface() {
        return false;
    }
}
