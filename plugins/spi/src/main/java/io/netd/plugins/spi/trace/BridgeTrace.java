package io.netd.plugins.spi.trace;

import io.netd.netlink.route.Link;
import io.netd.netlink.route.Links;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.Optional;

/**
 * A bridge that an ADD made, or found while no ADD had completed that used it. It stays for the next container once such an ADD
 * is done; when the ADD fails it goes, unless somebody has plugged in meanwhile or is about to.
 *
 * @param name the bridge
 */
public record BridgeTrace(String name) implements Trace {
    @Override
    public void revert(Host host) {
        host.alone(name, () -> {
            if (!host.bridgeUsers().isUsed(name)) {
                host.bridgeUsers().settle(name);
                remove(host.route().links());
            }
            return name;
        });
    }

    private void remove(Links links) {
        Optional<Link> bridge = links.byName(name).filter(link -> link.kind().equals("bridge"));
        bridge.filter(found -> isEmpty(links, found)).ifPresent(found -> links.delete(found.index()));
    }

    private static boolean isEmpty(Links links, Link bridge) {
        return links.list().stream().noneMatch(link -> link.masterIndex() == bridge.index());
    }

    @Override
    public boolean isShared() {
        return true;
    }
}
