package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.linux.net.HeldSocket;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.portmap.relay.Destination;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One socket that has to be bound for one or two mappings: both any-addresses of a port take a single one.
 *
 * @param mappings the first one's address is an any-address when there are two
 */
record HostSocket(List<PortMapping> mappings) {
    private static final IpAddress ANY = IpAddress.any(IpFamily.IPV4);
    private static final Path SCTP = Path.of("/proc/sys/net/sctp");

    private record Wildcard(Protocol protocol, int port) {}

    /** The sockets for these mappings, in their order. */
    static List<HostSocket> of(List<PortMapping> mappings) {
        Map<Object, List<PortMapping>> sockets = new LinkedHashMap<>();
        for (PortMapping mapping : mappings) {
            Object key = mapping.isWildcard() ? new Wildcard(mapping.protocol(), mapping.hostPort()) : mapping;
            sockets.computeIfAbsent(key, unknown -> new ArrayList<>(2)).add(mapping);
        }
        return sockets.values().stream().map(HostSocket::new).toList();
    }

    /** A bound socket in this thread's namespace; empty where the kernel lacks the protocol. */
    Optional<HeldSocket> open() {
        // The first SCTP socket would load the kernel's module, on a host that never wanted it.
        if (protocol() == Protocol.SCTP && !Files.isDirectory(SCTP)) {
            return Optional.empty();
        }
        try {
            return Optional.of(isDualStack() ? openBoth() : HeldSocket.open(protocol(), address(), port()));
        } catch (LinuxException e) {
            if (e.errno() == Errno.EPROTONOSUPPORT || e.errno() == Errno.ESOCKTNOSUPPORT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private HeldSocket openBoth() {
        try {
            return HeldSocket.dualStack(protocol(), port());
        } catch (LinuxException e) {
            // With ipv6.disable=1 there is nobody who could come in by IPv6.
            if (e.errno() == Errno.EAFNOSUPPORT) {
                return HeldSocket.open(protocol(), ANY, port());
            }
            throw e;
        }
    }

    private boolean isDualStack() {
        return mappings.get(0).isWildcard() && covers(IpFamily.IPV4) && covers(IpFamily.IPV6);
    }

    private boolean covers(IpFamily family) {
        for (PortMapping mapping : mappings) {
            if (mapping.covers(family)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where what the host sends to its own ::1 is to go; empty when it is to go nowhere. A container with IPv4 only is
     * reached by that.
     */
    Optional<Destination> fromLoopback(List<IpAddress> containers) {
        return mappings.stream()
                .filter(HostSocket::isRelayed)
                .findFirst()
                .flatMap(mapping -> containers.stream()
                        .max(Comparator.comparing(IpAddress::family))
                        .map(address -> new Destination(address, mapping.containerPort())));
    }

    /** Whether ::1 is among the addresses it is for. */
    boolean isOnLoopback() {
        return mappings.stream().anyMatch(HostSocket::isRelayed);
    }

    private static boolean isRelayed(PortMapping mapping) {
        return mapping.protocol() != Protocol.SCTP && mapping.isOnIpv6Loopback();
    }

    /** The family of the first mapping's addresses; IPv4 for one of both. */
    IpFamily family() {
        return address().family();
    }

    private Protocol protocol() {
        return mappings.get(0).protocol();
    }

    private IpAddress address() {
        return mappings.get(0).hostIp().orElse(ANY);
    }

    private int port() {
        return mappings.get(0).hostPort();
    }
}
