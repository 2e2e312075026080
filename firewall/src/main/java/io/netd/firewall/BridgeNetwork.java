package io.netd.firewall;

import io.netd.address.IpPrefix;
import java.util.List;

/**
 * What the rules of one bridge network depend on.
 *
 * @param bridge the bridge's interface name
 * @param subnets the subnets of its containers, of either family
 * @param masquerade whether containers reach the outside under the host's address
 */
public record BridgeNetwork(String bridge, List<IpPrefix> subnets, boolean masquerade) {
    public BridgeNetwork {
        InterfaceNames.check(bridge);
        subnets = subnets.stream().map(IpPrefix::network).distinct().toList();
    }
}
