package io.netd.plugins.spi.trace;

import io.netd.netlink.route.Link;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.Optional;

/**
 * What an ADD changed about a bridge, or about a link that stands for it in a VLAN: an ADD that made the change, or found it
 * while none that uses the link had completed, leaves this. It stays once such an ADD is done; when the ADD fails it is taken
 * back, unless another container is there by then, whose ADD takes it back if it fails as well.
 */
public interface SharedTrace extends Trace {
    /** The link's name. */
    String link();

    /** Who needs the change. */
    BridgeUse neededBy();

    /** Takes the change back, under the bridge's lock; the link is there, and nobody uses it. */
    void takeBack(Host host, Link found);

    /** Whether ADDs that have no port yet count, too: those which the change must not be taken from. */
    default boolean isNeededAtOnce() {
        return false;
    }

    @Override
    default void revert(Host host) {
        host.alone(neededBy().bridge(), () -> {
            if (!isNeededAtOnce() || !host.bridgeUsers().isUsed(link())) {
                revertUnlessUsed(host);
            }
            return this;
        });
    }

    private void revertUnlessUsed(Host host) {
        Optional<Link> found = host.route().links().byName(link());
        if (found.filter(link -> neededBy().isUsed(host, link)).isEmpty()) {
            host.bridgeUsers().settle(this);
            found.ifPresent(link -> takeBack(host, link));
        }
    }

    @Override
    default boolean isShared() {
        return true;
    }
}
