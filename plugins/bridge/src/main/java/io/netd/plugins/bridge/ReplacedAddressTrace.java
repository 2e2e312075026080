package io.netd.plugins.bridge;

import io.netd.address.IpPrefix;
import io.netd.netlink.route.Rtnetlink;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.BridgeUse;

/**
 * An address of a shared link that an ADD with {@code forceAddress} took away for its gateway's. When the ADD fails it comes
 * back, unless another container uses the gateway meanwhile.
 *
 * @param link the link's name
 * @param address the address with its prefix length
 * @param use who needs the gateway
 */
public record ReplacedAddressTrace(String link, IpPrefix address, BridgeUse use) implements Trace {
    @Override
    public void revert(Host host) {
        host.alone(use.bridge(), () -> {
            host.route()
                    .links()
                    .byName(link)
                    .filter(found -> !use.isUsed(host, found))
                    .ifPresent(found -> host.route().addresses().add(found.index(), address, Rtnetlink.IFA_F_NODAD));
            return use;
        });
    }

    @Override
    public boolean isShared() {
        return true;
    }
}
