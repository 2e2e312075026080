package io.netd.plugins.portmap;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.portmap.Flows;
import io.netd.portmap.PortMapping;
import io.netd.portmap.Publication;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tracked connections through published ports: they must not outlive the rules, or packets follow them to a container
 * that is gone.
 *
 * @param containers the containers' addresses
 * @param mappings their published ports
 */
public record FlowsTrace(List<IpAddress> containers, List<PortMapping> mappings) implements Trace {
    /** Keeps copies. */
    public FlowsTrace {
        containers = List.copyOf(containers);
        mappings = List.copyOf(mappings);
    }

    static FlowsTrace of(List<Publication> publications) {
        List<IpAddress> containers = new ArrayList<>();
        Set<PortMapping> mappings = new LinkedHashSet<>();
        for (Publication publication : publications) {
            containers.add(publication.container().address());
            mappings.addAll(publication.mappings());
        }
        return new FlowsTrace(containers, List.copyOf(mappings));
    }

    /** The same but for some mappings. */
    FlowsTrace without(List<PortMapping> gone) {
        return new FlowsTrace(
                containers,
                mappings.stream().filter(mapping -> !gone.contains(mapping)).toList());
    }

    /** Forgets what was tracked before these ports were published. */
    void prepare(Host host) {
        if (mappings.stream().anyMatch(mapping -> mapping.protocol() == Protocol.UDP)) {
            flows(host).forgetBefore(host.conntrack(), mappings);
        }
    }

    @Override
    public void revert(Host host) {
        flows(host).forgetAfter(host.conntrack(), mappings);
    }

    private Flows flows(Host host) {
        return new Flows(() -> addresses(host), containers);
    }

    private static List<IpAddress> addresses(Host host) {
        return host.route().addresses().list().stream()
                .map(address -> address.prefix().address())
                .toList();
    }
}
