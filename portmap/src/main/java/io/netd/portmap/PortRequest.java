package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One container port that is to be published, before its host port is settled.
 *
 * @param hostIps the host addresses, all with the same port; empty while it is not known which families there are
 * @param hostPorts one host port, or several of which one is to be taken; empty for any that is free
 * @param containerPort 1 to 65535
 */
public record PortRequest(
        List<IpAddress> hostIps, Optional<PortRange> hostPorts, int containerPort, Protocol protocol) {
    /** Refuses a container port that is none. */
    public PortRequest {
        hostIps = List.copyOf(hostIps);
        PortRange.of(containerPort);
    }

    /** The request for any host port on every address. */
    public static PortRequest ofAny(int containerPort, Protocol protocol) {
        return new PortRequest(List.of(), Optional.empty(), containerPort, protocol);
    }

    /** Without repetitions; two requests that leave a choice are two, however equal. */
    public static List<PortRequest> distinct(List<PortRequest> requests) {
        if (requests.size() <= 1) {
            return List.copyOf(requests);
        }
        Set<PortRequest> seen = new HashSet<>();
        return requests.stream()
                .filter(request -> request.fixedPort().isEmpty() || seen.add(request))
                .toList();
    }

    /** The same on these host addresses. */
    public PortRequest on(List<IpAddress> addresses) {
        return new PortRequest(addresses, hostPorts, containerPort, protocol);
    }

    /**
     * The same on the address that is meant where none is named. As an option 0.0.0.0 means every address of both families,
     * as in Docker.
     */
    public PortRequest onUsual(Optional<IpAddress> usual) {
        return usual.filter(address -> hostIps.isEmpty() && !address.equals(IpAddress.any(IpFamily.IPV4)))
                .map(address -> on(List.of(address)))
                .orElse(this);
    }

    /** The container's own port, at its own address: what is published where nothing is translated. */
    public PortMapping at(IpAddress container) {
        return new PortMapping(Optional.of(container), containerPort, containerPort, protocol);
    }

    /** The one host port that will do; empty when there is a choice. */
    public Optional<Integer> fixedPort() {
        return hostPorts.filter(range -> range.size() == 1).map(PortRange::first);
    }

    /** Whether a host address of this family is (or may be) meant. */
    public boolean covers(IpFamily family) {
        return hostIps.isEmpty() || hostIps.stream().anyMatch(ip -> ip.family() == family);
    }

    /** Whether every host address of the families it covers is meant. */
    public boolean isWildcard() {
        return hostIps.stream().allMatch(IpAddress::isAny);
    }

    /** What is published when this host port is taken: a mapping for each address. */
    public List<PortMapping> with(int hostPort) {
        return hostIps.isEmpty()
                ? List.of(new PortMapping(Optional.empty(), hostPort, containerPort, protocol))
                : hostIps.stream()
                        .map(ip -> new PortMapping(Optional.of(ip), hostPort, containerPort, protocol))
                        .toList();
    }

    /** Whether a mapping is one of those that could have come of this; without addresses, on whatever address. */
    public boolean isMetBy(PortMapping mapping) {
        return protocol == mapping.protocol()
                && containerPort == mapping.containerPort()
                && hostPorts.map(range -> range.contains(mapping.hostPort())).orElse(true)
                && (hostIps.isEmpty() || hostIps.contains(mapping.hostIp().orElse(IpAddress.any(IpFamily.IPV4))));
    }

    /**
     * The host addresses that were named and lead to a container.
     *
     * @param families of the container's addresses
     * @param isRelayed whether IPv4 will do for what the host sends to its own ::1
     */
    public List<IpAddress> leading(Collection<IpFamily> families, boolean isRelayed) {
        return hostIps.stream()
                .filter(ip -> families.contains(ip.family())
                        || isRelayed
                                && families.contains(IpFamily.IPV4)
                                && ip.isLoopback()
                                && protocol != Protocol.SCTP)
                .toList();
    }

    /**
     * What of it leads nowhere, a sentence each: host addresses of a family that the container has none of.
     *
     * @param families of the container's addresses
     * @param isRelayed whether IPv4 will do for what the host sends to its own ::1
     * @param label what a person calls the container
     */
    public List<String> leadingNowhere(Collection<IpFamily> families, boolean isRelayed, String label) {
        List<IpAddress> leading = leading(families, isRelayed);
        return hostIps.stream()
                .filter(ip -> !leading.contains(ip))
                .map(ip -> "port " + on(List.of(ip)) + " is not published: " + label + " has no "
                        + (ip.family() == IpFamily.IPV4 ? "IPv4" : "IPv6") + " address")
                .toList();
    }

    /** As in the sentences about it: {@code 0.0.0.0:8000-8009->80/tcp}, host port 0 for any. */
    @Override
    public String toString() {
        return hostSide() + "->" + containerPort + "/" + protocol;
    }

    /** The host's side: {@code 0.0.0.0:8000-8009}. */
    public String hostSide() {
        String socket = with(0).get(0).hostSocket();
        return socket.substring(0, socket.length() - 1)
                + hostPorts.map(PortRange::toString).orElse("0");
    }
}
