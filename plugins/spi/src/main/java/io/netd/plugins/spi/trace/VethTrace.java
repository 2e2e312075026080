package io.netd.plugins.spi.trace;

import io.netd.address.MacAddress;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;

/**
 * A veth pair, known by its host end. The address tells it from a link of somebody else who came to
 * the same name.
 *
 * @param hostName the host end
 * @param hostMac the host end's hardware address
 */
public record VethTrace(String hostName, MacAddress hostMac) implements Trace {
    @Override
    public void revert(Host host) {
        host.links().remove(hostName, hostMac);
    }
}
