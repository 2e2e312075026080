package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.diag.SocketDiag;
import io.netd.netlink.diag.SocketInfo;
import io.netd.netlink.diag.SocketOwner;
import java.util.List;
import java.util.Optional;

/** Who waits for packets at a port of one network namespace. */
final class Listeners {
    private Listeners() {}

    /**
     * A socket that waits.
     *
     * @param local where it is bound
     * @param owner its process, if it may be looked into
     */
    record Found(SocketInfo local, Optional<SocketOwner> owner) {
        /** Whether it is this process that holds the port for a container, and answers nobody but this host by ::1. */
        boolean isHeld() {
            return owner.filter(
                            process -> process.pid() == ProcessHandle.current().pid())
                    .isPresent();
        }

        String text() {
            String process = owner.map(found -> found.command() + " (pid " + found.pid() + ")")
                    .orElse("a process");
            return process + " on " + SeenPacket.text(local.local(), local.port());
        }
    }

    /** The socket that a packet to this address would go to. */
    static Optional<Found> at(NetworkNamespace namespace, Protocol protocol, IpAddress address, int port) {
        try (SocketDiag diag = SocketDiag.openIn(namespace)) {
            List<SocketInfo> sockets = diag.listeners(protocol, port).stream()
                    .filter(socket -> socket.collidesWith(address))
                    .toList();
            return sockets.stream().findFirst().map(socket -> new Found(socket, diag.owner(socket.inode())));
        } catch (NetlinkException e) {
            return Optional.empty();
        }
    }
}
