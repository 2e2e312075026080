package io.netd.plugins.spi.lease;

import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Traces;
import java.util.function.Function;

/** What was named is given. */
record StaticPlan(Offer offer) implements AddressPlan {
    @Override
    public <T> T take(Host host, Traces traces, Function<Offer, T> taker) {
        return taker.apply(offer);
    }
}
