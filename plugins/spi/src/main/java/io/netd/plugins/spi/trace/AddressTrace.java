package io.netd.plugins.spi.trace;

import io.netd.address.IpPrefix;
import io.netd.netlink.route.Link;
import io.netd.plugins.spi.Host;
import java.util.Optional;

/**
 * An address on a shared link of the host, such as a gateway's on a bridge.
 *
 * @param link the link's name
 * @param address the address with its prefix length
 * @param use who needs it; absent for whoever is on that bridge
 */
public record AddressTrace(String link, IpPrefix address, Optional<BridgeUse> use) implements SharedTrace {
    @Override
    public BridgeUse neededBy() {
        return use.orElseGet(() -> new BridgeUse(link, 0));
    }

    @Override
    public void takeBack(Host host, Link found) {
        host.route().addresses().remove(found.index(), address);
    }
}
