package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.netlink.conntrack.Conntrack;
import io.netd.netlink.conntrack.FlowPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Forgets tracked connections that the rules of published ports no longer describe. Of those to a port that is published on
 * every address only the ones to the host's own are meant: others it forwards, and they have nothing to do with it.
 *
 * @param host the host's own addresses, which are asked for when they are needed
 * @param containers the containers' addresses
 */
public record Flows(Supplier<List<IpAddress>> host, List<IpAddress> containers) {
    /** Keeps a copy. */
    public Flows {
        containers = List.copyOf(containers);
    }

    /**
     * Before a port leads anywhere new: a UDP flow that goes on keeps the way it was tracked with. Without UDP ports the
     * kernel is not asked; a TCP connection ends by itself.
     */
    public void forgetBefore(Conntrack conntrack, Collection<PortMapping> mappings) {
        conntrack.forget(toUdpPorts(mappings));
    }

    /** After the last packet: everything of the containers' addresses and of their UDP ports. */
    public void forgetAfter(Conntrack conntrack, Collection<PortMapping> mappings) {
        List<FlowPattern> patterns = new ArrayList<>(toUdpPorts(mappings));
        for (IpAddress container : containers) {
            patterns.add(new FlowPattern.From(container));
            patterns.add(new FlowPattern.AnsweredBy(container));
        }
        conntrack.forget(patterns);
    }

    private List<FlowPattern> toUdpPorts(Collection<PortMapping> mappings) {
        List<PortMapping> udp = mappings.stream()
                .filter(mapping -> mapping.protocol() == Protocol.UDP)
                .toList();
        Set<IpAddress> everywhere = udp.stream().anyMatch(PortMapping::isWildcard) ? Set.copyOf(host.get()) : Set.of();
        return udp.stream()
                .<FlowPattern>map(
                        mapping -> new FlowPattern.To(Protocol.UDP, meant(mapping, everywhere), mapping.hostPort()))
                .distinct()
                .toList();
    }

    /** Those of its addresses that can lead to a container. */
    private Set<IpAddress> meant(PortMapping mapping, Set<IpAddress> everywhere) {
        return mapping.isWildcard()
                ? everywhere.stream()
                        .filter(address -> mapping.covers(address.family()))
                        .filter(address -> containers.stream().anyMatch(own -> own.family() == address.family()))
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of(mapping.hostIp().orElseThrow());
    }
}
