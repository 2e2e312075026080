package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mappings beside one another that rules can treat as one: the first host port goes to the first container port, the next
 * to the next.
 *
 * @param hostIp as {@link PortMapping#hostIp}
 * @param hostPorts as many as {@code containerPorts}
 */
record PortSpan(Optional<IpAddress> hostIp, PortRange hostPorts, PortRange containerPorts, Protocol protocol) {
    private record Side(Optional<IpAddress> hostIp, Protocol protocol) {}

    private static PortSpan of(PortMapping mapping) {
        return new PortSpan(
                mapping.hostIp(),
                PortRange.of(mapping.hostPort()),
                PortRange.of(mapping.containerPort()),
                mapping.protocol());
    }

    /** Joins each mapping to those before it where both its ports are the next ones; the order is that of the first. */
    static List<PortSpan> join(List<PortMapping> mappings) {
        List<PortSpan> spans = new ArrayList<>();
        Map<Side, Integer> latest = new HashMap<>();
        for (PortMapping mapping : mappings) {
            Side side = new Side(mapping.hostIp(), mapping.protocol());
            Integer index = latest.get(side);
            if (index != null && spans.get(index).isFollowedBy(mapping)) {
                spans.set(index, spans.get(index).upTo(mapping));
            } else {
                latest.put(side, spans.size());
                spans.add(of(mapping));
            }
        }
        return List.copyOf(spans);
    }

    /** Whether every host address of the families it covers is meant. */
    boolean isWildcard() {
        return hostIp.map(IpAddress::isAny).orElse(true);
    }

    /** Whether the ports are more than one and have the same numbers on both sides. */
    boolean keepsPorts() {
        return hostPorts.size() > 1 && hostPorts.equals(containerPorts);
    }

    /** The mappings again, one a port. */
    List<PortSpan> single() {
        List<PortSpan> spans = new ArrayList<>();
        for (int i = 0; i < hostPorts.size(); i++) {
            spans.add(new PortSpan(
                    hostIp, PortRange.of(hostPorts.first() + i), PortRange.of(containerPorts.first() + i), protocol));
        }
        return spans;
    }

    private boolean isFollowedBy(PortMapping mapping) {
        return mapping.hostPort() == hostPorts.last() + 1 && mapping.containerPort() == containerPorts.last() + 1;
    }

    private PortSpan upTo(PortMapping mapping) {
        return new PortSpan(
                hostIp,
                new PortRange(hostPorts.first(), mapping.hostPort()),
                new PortRange(containerPorts.first(), mapping.containerPort()),
                protocol);
    }
}
