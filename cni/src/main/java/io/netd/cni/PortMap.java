package io.netd.cni;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import java.util.Optional;

/**
 * A host port that leads to a container's; without a host address it is published on every one. Host port 0 stands for one
 * of the host's choice, which only netd itself asks for.
 *
 * @param hostPortEnd the last of the host ports of which the first free one is meant, which again only netd asks for;
 *     otherwise as {@code hostPort}
 */
public record PortMap(int hostPort, int hostPortEnd, int containerPort, Protocol protocol, Optional<IpAddress> hostIp) {
    private static final int MAX_PORT = 65_535;

    /**
     * Reads {@code hostPort}, {@code containerPort}, {@code protocol} (tcp when absent) and {@code hostIP}; the wildcard
     * addresses mean the same as none, except that {@code 0.0.0.0} and {@code ::} keep their family.
     *
     * @throws CniException with code 7 when a port is missing or out of range, or the rest makes no sense
     */
    public static PortMap read(Settings map) {
        int hostPort = port(map, "hostPort", 0);
        return new PortMap(
                hostPort,
                map.integer("hostPortEnd", hostPort, MAX_PORT).orElse(hostPort),
                port(map, "containerPort", 1),
                map.value("protocol", Protocol::parse).orElse(Protocol.TCP),
                map.value("hostIP", IpAddress::parse));
    }

    private static int port(Settings map, String key, int min) {
        return map.integer(key, min, MAX_PORT).orElseThrow(() -> map.invalid(key, "missing"));
    }
}
