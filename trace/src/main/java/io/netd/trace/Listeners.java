package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.diag.SocketDiag;
import io.netd.netlink.diag.SocketInfo;
import io.netd.netlink.diag.SocketOwner;
import java.util.Optional;
import java.util.stream.Stream;

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
        /** Whether it is of this process, which holds published ports and answers there nobody but this host by ::1. */
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
        return all(namespace, protocol, port)
                .filter(found -> found.local().collidesWith(address))
                .findFirst();
    }

    /** One that has the port, but on another address or of another protocol. */
    static Optional<Found> beside(NetworkNamespace namespace, Protocol protocol, int port) {
        return Stream.concat(Stream.of(protocol), Stream.of(Protocol.values()).filter(other -> other != protocol))
                .flatMap(one -> all(namespace, one, port))
                .findFirst();
    }

    private static Stream<Found> all(NetworkNamespace namespace, Protocol protocol, int port) {
        try (SocketDiag diag = SocketDiag.openIn(namespace)) {
            return diag.listeners(protocol, port).stream()
                    .map(socket -> new Found(socket, diag.owner(socket.inode())))
                    .toList()
                    .stream();
        } catch (NetlinkException e) {
            return Stream.empty();
        }
    }
}
