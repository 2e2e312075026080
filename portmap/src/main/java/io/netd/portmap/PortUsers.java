package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.diag.SocketDiag;
import io.netd.netlink.diag.SocketInfo;
import java.util.List;
import java.util.Optional;

/** Tells which processes have bound a port of one network namespace. */
final class PortUsers {
    /** What somebody has, and who. */
    record Taken(PortMapping mapping, PortUser user) {}

    private static final IpAddress ANY = IpAddress.any(IpFamily.IPV4);

    private final PortBinder namespace;

    PortUsers(PortBinder namespace) {
        this.namespace = namespace;
    }

    /** The process that is in a mapping's way; empty when it cannot be found out. */
    private Optional<PortUser> of(PortMapping mapping) {
        IpAddress address = mapping.hostIp().orElse(ANY);
        try {
            return namespace.inside(() -> ask(mapping.protocol(), mapping.hostPort(), Optional.of(address)).stream()
                    .findFirst());
        } catch (NetlinkException e) {
            // A kernel without socket diagnostics cannot say; the port is taken all the same.
            return Optional.empty();
        }
    }

    /** The first of a socket's addresses that a process is in the way of; empty when none can be found out. */
    Optional<Taken> of(HostSocket socket) {
        return socket.mappings().stream()
                .flatMap(mapping -> of(mapping).map(user -> new Taken(mapping, user)).stream())
                .findFirst();
    }

    /** All processes that have bound a port, on whatever address. */
    List<PortUser> of(Protocol protocol, int port) {
        return namespace.inside(() -> ask(protocol, port, Optional.empty()));
    }

    private static List<PortUser> ask(Protocol protocol, int port, Optional<IpAddress> wanted) {
        try (SocketDiag diag = SocketDiag.open()) {
            return diag.listeners(protocol, port).stream()
                    .filter(socket -> wanted.isEmpty() || socket.collidesWith(wanted.get()))
                    .map(SocketInfo::inode)
                    .distinct()
                    .flatMap(inode -> diag.owner(inode).stream())
                    .map(process -> new PortUser(process.pid(), process.command()))
                    .distinct()
                    .toList();
        }
    }
}
