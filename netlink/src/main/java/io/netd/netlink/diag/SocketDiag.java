package io.netd.netlink.diag;

import io.netd.address.Protocol;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.Errno;
import io.netd.netlink.jna.Answer;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.Netlink;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the sockets that occupy a port of one network namespace, which it keeps alive until closed. Thread-safe. */
public final class SocketDiag implements AutoCloseable {
    private final NetlinkSocket socket;

    private SocketDiag(NetlinkSocket socket) {
        this.socket = socket;
    }

    /**
     * Opens a socket in the calling thread's namespace.
     *
     * @throws io.netd.linux.sys.LinuxException when the kernel refuses
     */
    public static SocketDiag open() {
        return new SocketDiag(NetlinkSocket.open(Netlink.NETLINK_SOCK_DIAG));
    }

    /** Opens a socket in that namespace, entering it for a moment; platform threads only. */
    public static SocketDiag openIn(NetworkNamespace namespace) {
        return namespace.call(SocketDiag::open);
    }

    /** The sockets that listen on a port, or for UDP are bound to it, IPv4 first. */
    public List<SocketInfo> listeners(Protocol protocol, int port) {
        return Stream.concat(
                        find(InetDiag.AF_INET, protocol, port).stream(),
                        find(InetDiag.AF_INET6, protocol, port).stream())
                .toList();
    }

    /** The process that holds a socket, by a walk through /proc; empty when none is found or may be looked into. */
    public Optional<SocketOwner> owner(long inode) {
        return ProcessSockets.owner(inode);
    }

    @Override
    public void close() {
        socket.close();
    }

    private List<SocketInfo> find(int family, Protocol protocol, int port) {
        Answer<SocketInfo> answer = socket.ask(
                "list " + protocol + " sockets of port " + port,
                InetDiag.request(family, protocol, port),
                message -> InetDiag.decode(message, protocol));
        // ENOENT: the kernel has no such protocol, so nobody uses it.
        List<SocketInfo> found = answer.failedWith(Errno.ENOENT) ? List.of() : answer.orThrow();
        return found.stream().filter(info -> info.port() == port).toList();
    }
}
