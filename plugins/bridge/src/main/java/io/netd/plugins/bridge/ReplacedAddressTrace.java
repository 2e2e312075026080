package io.netd.plugins.bridge;

import io.netd.address.IpPrefix;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Rtnetlink;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.trace.BridgeUse;
import io.netd.plugins.spi.trace.SharedTrace;

/**
 * An address of a shared link that {@code forceAddress} took away for a gateway's.
 *
 * @param link the link's name
 * @param address the address with its prefix length
 * @param use who needs the gateway
 */
public record ReplacedAddressTrace(String link, IpPrefix address, BridgeUse use) implements SharedTrace {
    @Override
    public BridgeUse neededBy() {
        return use;
    }

    @Override
    public void takeBack(Host host, Link found) {
        host.route().addresses().add(found.index(), address, Rtnetlink.IFA_F_NODAD);
    }
}
