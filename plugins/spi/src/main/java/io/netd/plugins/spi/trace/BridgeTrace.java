package io.netd.plugins.spi.trace;

import io.netd.netlink.route.Link;
import io.netd.plugins.spi.Host;

/**
 * A bridge that was made.
 *
 * @param name the bridge
 */
public record BridgeTrace(String name) implements SharedTrace {
    @Override
    public String link() {
        return name;
    }

    @Override
    public BridgeUse neededBy() {
        return new BridgeUse(name, 0);
    }

    @Override
    public boolean isNeededAtOnce() {
        return true;
    }

    @Override
    public void takeBack(Host host, Link found) {
        if (found.kind().equals("bridge")) {
            host.route().links().delete(found.index());
        }
    }
}
