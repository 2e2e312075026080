package io.netd.plugins.spi.trace;

import io.netd.firewall.Owner;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.portmap.Grip;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortOwner;
import io.netd.portmap.Publishing;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reserved host ports, each with its number.
 *
 * @param owner who holds them
 * @param mappings the published ports
 * @param grip how firmly
 * @param how with which rules they are published; absent where an earlier netd wrote it
 */
public record PortsTrace(PortOwner owner, List<PortMapping> mappings, Grip grip, Optional<Publishing> how)
        implements Trace {
    public PortsTrace {
        mappings = List.copyOf(mappings);
    }

    /** In whose name the rules are that lead to what this owner has published. */
    public static Owner rules(PortOwner owner) {
        return new Owner("attachment/" + owner.key() + "/portmap");
    }

    /** Those among traces that count: of each owner the latest. In the order of the owners' first. */
    public static Collection<PortsTrace> latest(Stream<? extends Trace> traces) {
        Map<String, PortsTrace> latest = new LinkedHashMap<>();
        traces.filter(PortsTrace.class::isInstance)
                .map(PortsTrace.class::cast)
                .forEach(trace -> latest.put(trace.owner().key(), trace));
        return latest.values();
    }

    /** The same with other ports. */
    public PortsTrace with(List<PortMapping> others) {
        return new PortsTrace(owner, others, grip, how);
    }

    /** Those for which a port of the host is taken. */
    public List<PortMapping> reserved() {
        return grip == Grip.NONE ? List.of() : mappings;
    }

    @Override
    public void revert(Host host) {
        host.ports().release(owner.key());
    }

    /** Whoever is given the port next must not find rules that lead elsewhere. */
    @Override
    public boolean outlasts(Trace other) {
        return other instanceof RulesTrace rules && rules.owner().equals(rules(owner));
    }
}
