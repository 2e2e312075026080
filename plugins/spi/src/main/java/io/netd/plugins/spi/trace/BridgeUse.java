package io.netd.plugins.spi.trace;

import io.netd.netlink.route.Link;
import io.netd.netlink.route.Links;
import io.netd.plugins.spi.Host;

/**
 * Who is on a bridge, or in one of its VLANs.
 *
 * @param bridge its name
 * @param vlan the VLAN's id; 0 where the whole bridge is meant
 */
public record BridgeUse(String bridge, int vlan) {
    /**
     * Whether a port is there.
     *
     * @param gateway the link that bears the gateway's address; the port that it is the other end of does not count
     */
    public boolean isUsed(Host host, Link gateway) {
        Links links = host.route().links();
        int master = links.byName(bridge).map(Link::index).orElse(0);
        return master != 0
                && links.list().stream()
                        .filter(link -> link.masterIndex() == master && link.index() != gateway.peerIndex())
                        .anyMatch(link -> vlan == 0 || isIn(host, link));
    }

    private boolean isIn(Host host, Link port) {
        return host.route().ports().vlans(port.index()).stream()
                .anyMatch(range -> range.first() <= vlan && vlan <= range.last());
    }
}
