package io.netd.plugins.bridge;

import io.netd.netlink.route.Link;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.trace.BridgeUse;
import io.netd.plugins.spi.trace.SharedTrace;

/**
 * A VLAN's gateway that was made.
 *
 * @param bridge the bridge's name
 * @param gateway the name of the end that bears the address
 * @param vlan the VLAN's id
 */
public record VlanGatewayTrace(String bridge, String gateway, int vlan) implements SharedTrace {
    @Override
    public String link() {
        return gateway;
    }

    @Override
    public BridgeUse neededBy() {
        return new BridgeUse(bridge, vlan);
    }

    @Override
    public boolean isNeededAtOnce() {
        return true;
    }

    @Override
    public void takeBack(Host host, Link found) {
        if (found.kind().equals("veth")) {
            host.route().links().delete(found.index());
        }
    }
}
