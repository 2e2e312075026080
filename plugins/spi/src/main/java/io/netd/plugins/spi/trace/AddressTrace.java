package io.netd.plugins.spi.trace;

import io.netd.address.IpPrefix;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;

/**
 * An address that an ADD put on a shared link of the host, such as a gateway's on a bridge.
 *
 * @param link the link's name
 * @param address the address with its prefix length
 */
public record AddressTrace(String link, IpPrefix address) implements Trace {
    @Override
    public void revert(Host host) {
        host.route()
                .links()
                .byName(link)
                .ifPresent(found -> host.route().addresses().remove(found.index(), address));
    }

    @Override
    public boolean isShared() {
        return true;
    }
}
