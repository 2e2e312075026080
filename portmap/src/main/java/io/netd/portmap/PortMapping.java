package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import java.util.Optional;

/**
 * One published port: what arrives at a port of the host goes to a port of the container.
 *
 * @param hostIp the host address to publish on; empty and the any-address both mean every address (of one family, if given)
 * @param hostPort 1 to 65535, or 0 for a free port of the host's choice
 * @param containerPort 1 to 65535
 */
public record PortMapping(Optional<IpAddress> hostIp, int hostPort, int containerPort, Protocol protocol) {
    private static final int LAST_PORT = 65535;

    /** Refuses numbers that are no port. */
    public PortMapping {
        if (hostPort < 0 || hostPort > LAST_PORT) {
            throw new IllegalArgumentException("invalid hostPort: " + hostPort);
        }
        if (containerPort < 1 || containerPort > LAST_PORT) {
            throw new IllegalArgumentException("invalid containerPort: " + containerPort);
        }
    }

    /** The same mapping on another host port. */
    public PortMapping withHostPort(int port) {
        return new PortMapping(hostIp, port, containerPort, protocol);
    }

    /** The same mapping on one host address. */
    public PortMapping withHostIp(IpAddress address) {
        return new PortMapping(Optional.of(address), hostPort, containerPort, protocol);
    }

    /** Whether a host address of this family is (or may be) meant. */
    public boolean covers(IpFamily family) {
        return hostIp.isEmpty() || hostIp.get().family() == family;
    }

    /** Written out, for what a record generates is slow in netd's JVM and books are asked for mappings with each port. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof PortMapping mapping
                        && hostPort == mapping.hostPort
                        && containerPort == mapping.containerPort
                        && protocol == mapping.protocol
                        && hostIp.equals(mapping.hostIp);
    }

    /** See {@link #equals}. */
    @Override
    public int hashCode() {
        return 31 * (31 * hostPort + containerPort) + hostIp.hashCode();
    }

    /** Whether every host address of the families it covers is meant. */
    public boolean isWildcard() {
        return hostIp.map(IpAddress::isAny).orElse(true);
    }

    /** Whether the host's ::1 is among the addresses that are meant. */
    public boolean isOnIpv6Loopback() {
        return covers(IpFamily.IPV6)
                && (isWildcard() || hostIp.filter(IpAddress::isLoopback).isPresent());
    }

    /** Whether both want the same port of the host: the wildcard meets every address of its family. */
    public boolean collidesWith(PortMapping other) {
        return protocol == other.protocol && hostPort == other.hostPort && hostPort != 0 && sharesAddress(other);
    }

    private boolean sharesAddress(PortMapping other) {
        if (hostIp.isEmpty() || other.hostIp.isEmpty()) {
            return true;
        }
        return other.covers(hostIp.get().family())
                && (isWildcard() || other.isWildcard() || hostIp.equals(other.hostIp));
    }

    /** The host's side as Docker writes it: {@code 0.0.0.0:8080/tcp}, {@code [::1]:53/udp}. */
    public String hostSide() {
        return hostAddress() + ":" + hostPort + "/" + protocol;
    }

    /** The host's side without the protocol, as Docker writes it: {@code 0.0.0.0:8080}. */
    public String hostSocket() {
        return hostAddress() + ":" + hostPort;
    }

    private String hostAddress() {
        return hostIp.map(ip -> ip.family() == IpFamily.IPV6 ? "[" + ip + "]" : ip.toString())
                .orElse("0.0.0.0");
    }

    /** As {@code docker ps} shows it: {@code 0.0.0.0:8080->80/tcp}. */
    @Override
    public String toString() {
        return hostSocket() + "->" + containerPort + "/" + protocol;
    }
}
