package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.diag.SocketDiag;
import io.netd.netlink.diag.SocketInfo;
import java.util.Optional;

/** Tells which process uses a port, for the sentence that refuses it. */
interface PortUsers {
    /** The process by command and pid; empty when it cannot be found out. */
    Optional<String> of(PortMapping mapping);

    /** Processes with sockets in this thread's namespace. */
    static PortUsers here() {
        return PortUsers::ask;
    }

    /** Processes with sockets in another namespace. */
    static PortUsers in(NetworkNamespace host) {
        return mapping -> host.call(() -> ask(mapping));
    }

    private static Optional<String> ask(PortMapping mapping) {
        try (SocketDiag diag = SocketDiag.open()) {
            return diag.listeners(mapping.protocol(), mapping.hostPort()).stream()
                    .filter(socket -> isInTheWay(socket, mapping))
                    .flatMap(socket -> diag.owner(socket.inode()).stream())
                    .map(process -> process.command() + " (pid " + process.pid() + ")")
                    .findFirst();
        }
    }

    private static boolean isInTheWay(SocketInfo socket, PortMapping mapping) {
        return socket.collidesWith(mapping.hostIp().orElseGet(() -> IpAddress.parse("0.0.0.0")));
    }
}
