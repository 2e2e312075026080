package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.netlink.conntrack.Conntrack;
import io.netd.netlink.conntrack.FlowPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Forgets tracked connections that the rules of published ports no longer describe. */
public final class Flows {
    private Flows() {}

    /**
     * Before a port leads anywhere new: a UDP flow that goes on keeps the way it was tracked with. Without UDP ports the
     * kernel is not asked; a TCP connection ends by itself.
     */
    public static void forgetBefore(Conntrack conntrack, Collection<PortMapping> mappings) {
        conntrack.forget(toUdpPorts(mappings));
    }

    /** After the last packet: everything of the containers' addresses and of their UDP ports. */
    public static void forgetAfter(Conntrack conntrack, List<IpAddress> containers, Collection<PortMapping> mappings) {
        List<FlowPattern> patterns = new ArrayList<>(toUdpPorts(mappings));
        for (IpAddress container : containers) {
            patterns.add(new FlowPattern.From(container));
            patterns.add(new FlowPattern.AnsweredBy(container));
        }
        conntrack.forget(patterns);
    }

    private static List<FlowPattern> toUdpPorts(Collection<PortMapping> mappings) {
        return mappings.stream()
                .filter(mapping -> mapping.protocol() == Protocol.UDP)
                .map(PortMapping::hostPort)
                .distinct()
                .<FlowPattern>map(port -> new FlowPattern.To(Protocol.UDP, port))
                .toList();
    }
}
