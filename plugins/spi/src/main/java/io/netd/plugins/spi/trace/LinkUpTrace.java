package io.netd.plugins.spi.trace;

import io.netd.netlink.route.Link;
import io.netd.plugins.spi.Host;

/**
 * A shared link that was down and is up.
 *
 * @param link the link's name
 * @param use who needs it
 */
public record LinkUpTrace(String link, BridgeUse use) implements SharedTrace {
    @Override
    public BridgeUse neededBy() {
        return use;
    }

    @Override
    public void takeBack(Host host, Link found) {
        if (found.up()) {
            host.route().links().setDown(found.index());
        }
    }
}
