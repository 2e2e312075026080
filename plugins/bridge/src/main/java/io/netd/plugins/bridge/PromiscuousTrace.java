package io.netd.plugins.bridge;

import io.netd.netlink.route.Link;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.trace.BridgeUse;
import io.netd.plugins.spi.trace.SharedTrace;

/**
 * A bridge that was made promiscuous.
 *
 * @param bridge its name
 */
public record PromiscuousTrace(String bridge) implements SharedTrace {
    @Override
    public String link() {
        return bridge;
    }

    @Override
    public BridgeUse neededBy() {
        return new BridgeUse(bridge, 0);
    }

    @Override
    public void takeBack(Host host, Link found) {
        if (found.promiscuous()) {
            host.route().links().setPromiscuous(found.index(), false);
        }
    }
}
