package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.netlink.conntrack.Conntrack;
import io.netd.netlink.conntrack.Flow;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Forgets tracked connections that the rules of published ports no longer describe. */
public final class Flows {
    private Flows() {}

    /**
     * Before a port leads anywhere new: a UDP flow that goes on keeps the way it was tracked with. Without UDP ports the
     * kernel is not asked; a TCP connection ends by itself.
     */
    public static void forgetBefore(Conntrack conntrack, Collection<PortMapping> mappings) {
        Set<Integer> ports = udpPorts(mappings);
        if (!ports.isEmpty()) {
            conntrack.flush(flow -> isTo(ports, flow));
        }
    }

    /** After the last packet: everything of the containers' addresses and of their UDP ports, in one pass. */
    public static void forgetAfter(Conntrack conntrack, List<IpAddress> containers, Collection<PortMapping> mappings) {
        Set<Integer> ports = udpPorts(mappings);
        conntrack.flush(flow -> isTo(ports, flow)
                || containers.stream()
                        .anyMatch(address ->
                                flow.original().touches(address) || flow.reply().touches(address)));
    }

    private static boolean isTo(Set<Integer> ports, Flow flow) {
        return flow.original().protocol() == Protocol.UDP.number()
                && ports.contains(flow.original().destinationPort());
    }

    private static Set<Integer> udpPorts(Collection<PortMapping> mappings) {
        return mappings.stream()
                .filter(mapping -> mapping.protocol() == Protocol.UDP)
                .map(PortMapping::hostPort)
                .collect(Collectors.toSet());
    }
}
