package io.netd.plugins.bridge;

import io.netd.netlink.route.Link;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.BridgeUse;

/**
 * A bridge that an ADD made promiscuous. It stays so once that ADD is done; when the ADD fails it is no more, unless another
 * container is on it meanwhile.
 *
 * @param bridge its name
 */
public record PromiscuousTrace(String bridge) implements Trace {
    @Override
    public void revert(Host host) {
        host.alone(bridge, () -> {
            host.route()
                    .links()
                    .byName(bridge)
                    .filter(Link::promiscuous)
                    .filter(found -> !new BridgeUse(bridge, 0).isUsed(host, found))
                    .ifPresent(found -> host.route().links().setPromiscuous(found.index(), false));
            return bridge;
        });
    }

    @Override
    public boolean isShared() {
        return true;
    }
}
