package io.netd.engine.network;

import io.netd.address.IpPrefix;
import java.util.Optional;

/**
 * A network as it is shown.
 *
 * @param name its name
 * @param driver bridge, host or null, as Docker calls them
 * @param bridge what only a bridge network has
 */
public record NetworkView(String name, String driver, Optional<Bridge> bridge) {
    /**
     * Of a bridge network.
     *
     * @param link the bridge
     * @param gateway its address with the subnet's length
     * @param mtu its MTU
     */
    public record Bridge(String link, IpPrefix gateway, int mtu) {
        /** The subnet. */
        public IpPrefix subnet() {
            return gateway.network();
        }
    }
}
