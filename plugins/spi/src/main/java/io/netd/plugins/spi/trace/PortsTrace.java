package io.netd.plugins.spi.trace;

import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.portmap.Grip;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortOwner;
import java.util.List;

/**
 * Reserved host ports, each with its number.
 *
 * @param owner who holds them
 * @param mappings the published ports
 * @param grip how firmly
 */
public record PortsTrace(PortOwner owner, List<PortMapping> mappings, Grip grip) implements Trace {
    public PortsTrace {
        mappings = List.copyOf(mappings);
    }

    @Override
    public void revert(Host host) {
        host.ports().release(owner.key());
    }
}
