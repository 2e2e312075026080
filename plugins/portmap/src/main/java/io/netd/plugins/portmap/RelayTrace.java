package io.netd.plugins.portmap;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.portmap.PortMapping;
import java.util.List;
import java.util.Optional;

/**
 * What the host sends to its own ::1 and to published ports is relayed to the container. It ends with the ports.
 *
 * @param owner who holds the ports
 * @param containers one address of each family that the container has
 */
public record RelayTrace(String owner, List<IpAddress> containers) implements Trace {
    /** Keeps copies. */
    public RelayTrace {
        containers = List.copyOf(containers);
    }

    /** For these ports; none where ::1 is not among their addresses. */
    static Optional<RelayTrace> of(PortsTrace ports, Chained chained) {
        return ports.mappings().stream().anyMatch(PortMapping::isOnIpv6Loopback)
                ? Optional.of(new RelayTrace(
                        ports.owner().key(),
                        chained.addresses().stream().map(IpPrefix::address).toList()))
                : Optional.empty();
    }

    void apply(Host host) {
        host.ports().relay(owner, containers);
    }

    @Override
    public void revert(Host host) {
        // The ports take it along, later in the same turn.
    }

    @Override
    public Optional<String> repair(Host host) {
        apply(host);
        return Optional.empty();
    }
}
