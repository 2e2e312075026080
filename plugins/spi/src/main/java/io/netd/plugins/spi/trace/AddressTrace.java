package io.netd.plugins.spi.trace;

import io.netd.address.IpPrefix;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.Optional;

/**
 * An address that an ADD put on a shared link of the host, such as a gateway's on a bridge. It stays for the next
 * container once that ADD is done; when the ADD fails it goes, unless another container uses it meanwhile.
 *
 * @param link the link's name
 * @param address the address with its prefix length
 * @param use who needs it; absent for whoever is on that bridge
 */
public record AddressTrace(String link, IpPrefix address, Optional<BridgeUse> use) implements Trace {
    @Override
    public void revert(Host host) {
        BridgeUse users = use.orElseGet(() -> new BridgeUse(link, 0));
        host.alone(users.bridge(), () -> {
            host.route()
                    .links()
                    .byName(link)
                    .filter(found -> !users.isUsed(host, found))
                    .ifPresent(found -> host.route().addresses().remove(found.index(), address));
            return users;
        });
    }

    @Override
    public boolean isShared() {
        return true;
    }
}
