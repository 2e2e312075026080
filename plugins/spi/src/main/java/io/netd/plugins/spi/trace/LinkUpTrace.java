package io.netd.plugins.spi.trace;

import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;

/**
 * A shared link that an ADD found down and set up. It stays up once that ADD is done; when the ADD fails it is set down
 * again, unless another container uses it meanwhile.
 *
 * @param link the link's name
 * @param use who needs it
 */
public record LinkUpTrace(String link, BridgeUse use) implements Trace {
    @Override
    public void revert(Host host) {
        host.alone(use.bridge(), () -> {
            host.route()
                    .links()
                    .byName(link)
                    .filter(found -> found.up() && !use.isUsed(host, found))
                    .ifPresent(found -> host.route().links().setDown(found.index()));
            return use;
        });
    }

    @Override
    public boolean isShared() {
        return true;
    }
}
