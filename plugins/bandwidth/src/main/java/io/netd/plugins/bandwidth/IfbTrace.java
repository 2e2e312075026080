package io.netd.plugins.bandwidth;

import io.netd.address.MacAddress;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;

/**
 * The device of a container's traffic out. Unlike a veth pair it outlives the container's namespace.
 *
 * @param mac tells it from one of somebody else under this name
 */
public record IfbTrace(String name, MacAddress mac) implements Trace {
    @Override
    public void revert(Host host) {
        host.links().remove(name, mac);
    }
}
