package io.netd.plugins.bridge;

import io.netd.netlink.route.Link;
import io.netd.netlink.route.Links;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.BridgeUse;
import java.util.Optional;

/**
 * A VLAN's gateway that an ADD made, or found while no ADD had completed that used it. It stays for the next container once such
 * an ADD is done; when the ADD fails it goes, unless another port is in the VLAN meanwhile or is about to be on the bridge.
 *
 * @param bridge the bridge's name
 * @param gateway the name of the end that bears the address
 * @param vlan the VLAN's id
 */
public record VlanGatewayTrace(String bridge, String gateway, int vlan) implements Trace {
    @Override
    public void revert(Host host) {
        host.alone(bridge, () -> {
            if (!host.bridgeUsers().isUsed(bridge)) {
                host.bridgeUsers().settle(gateway);
                remove(host);
            }
            return gateway;
        });
    }

    private void remove(Host host) {
        Links links = host.route().links();
        Optional<Link> found = links.byName(gateway).filter(link -> link.kind().equals("veth"));
        found.filter(link -> !new BridgeUse(bridge, vlan).isUsed(host, link))
                .ifPresent(link -> links.delete(link.index()));
    }

    @Override
    public boolean isShared() {
        return true;
    }
}
