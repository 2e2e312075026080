package io.netd.linux.net;

import static io.netd.linux.sys.Constants.IPPROTO_IPV6;
import static io.netd.linux.sys.Constants.IPV6_V6ONLY;
import static io.netd.linux.sys.Constants.MSG_NOSIGNAL;
import static io.netd.linux.sys.Constants.SOCK_CLOEXEC;
import static io.netd.linux.sys.Constants.SOCK_DGRAM;
import static io.netd.linux.sys.Constants.SOCK_NONBLOCK;
import static io.netd.linux.sys.Constants.SOCK_STREAM;
import static io.netd.linux.sys.Constants.SOL_SOCKET;
import static io.netd.linux.sys.Constants.SO_REUSEADDR;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.sys.SocketFilter;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * A bound socket that keeps others from binding its port, in the network namespace of the thread that opened it. A filter
 * drops all that arrives, for good and from the beginning; but a socket of TCP or UDP that is bound to ::1, or to all of IPv6,
 * hears what the host sends to its own ::1. Thread-safe.
 */
public final class HeldSocket implements AutoCloseable {
    /** Of those whom the filter lets through. The kernel makes it less where net.core.somaxconn is less. */
    private static final int BACKLOG = 4096;

    /** What a socket has to be bound to for packets to ::1 to reach it. */
    private static final Set<IpAddress> LOOPBACK = Set.of(IpAddress.parse("::1"), IpAddress.any(IpFamily.IPV6));

    private final Fd fd;
    private final int port;
    private final Protocol protocol;

    private HeldSocket(Fd fd, int port, Protocol protocol) {
        this.fd = fd;
        this.port = port;
        this.protocol = protocol;
    }

    /**
     * Holds a port.
     *
     * @param port 0 for one that the kernel chooses
     * @throws LinuxException EADDRINUSE when another has it, EADDRNOTAVAIL when the host has no such address,
     *     EPROTONOSUPPORT when the kernel lacks the protocol
     */
    public static HeldSocket open(Protocol protocol, IpAddress address, int port) {
        return open(protocol, address, port, true);
    }

    /**
     * Holds a TCP port.
     *
     * @throws LinuxException as {@link #open(Protocol, IpAddress, int)}
     */
    public static HeldSocket tcp(IpAddress address, int port) {
        return open(Protocol.TCP, address, port);
    }

    /**
     * Holds a UDP port.
     *
     * @throws LinuxException as {@link #open(Protocol, IpAddress, int)}
     */
    public static HeldSocket udp(IpAddress address, int port) {
        return open(Protocol.UDP, address, port);
    }

    /**
     * Holds a port on every address of both families with one socket.
     *
     * @throws LinuxException as {@link #open(Protocol, IpAddress, int)}; EAFNOSUPPORT when the kernel lacks IPv6
     */
    public static HeldSocket dualStack(Protocol protocol, int port) {
        return open(protocol, IpAddress.any(IpFamily.IPV6), port, false);
    }

    private static HeldSocket open(Protocol protocol, IpAddress address, int port, boolean oneFamily) {
        Fd fd = socket(protocol, address, name(protocol, address, port));
        try {
            if (address.family() == IpFamily.IPV6) {
                SocketOptions.set(fd, IPPROTO_IPV6, IPV6_V6ONLY, oneFamily ? 1 : 0);
            }
            return bound(fd, protocol, address, port);
        } catch (LinuxException e) {
            fd.close();
            throw e;
        }
    }

    private static HeldSocket bound(Fd fd, Protocol protocol, IpAddress address, int port) {
        String name = name(protocol, address, port);
        if (protocol == Protocol.TCP) {
            // Connections of an earlier listener stay in TIME_WAIT for a minute and would refuse the bind.
            SocketOptions.set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
        }
        // Before bind: from bind on a UDP socket receives, from listen on a TCP socket answers.
        filter(fd, protocol, address);
        byte[] bytes = SocketAddressBytes.of(address, port);
        Libc.check("bind", Libc.sockets().bind(fd.number(), bytes, bytes.length), name);
        if (protocol != Protocol.UDP) {
            // Two TCP sockets with SO_REUSEADDR may share a port until one of them listens.
            Libc.check("listen", Libc.sockets().listen(fd.number(), BACKLOG), name);
        }
        return new HeldSocket(fd, port == 0 ? boundPort(fd) : port, protocol);
    }

    private static String name(Protocol protocol, IpAddress address, int port) {
        return protocol + " " + address + " port " + port;
    }

    /**
     * Another socket that holds the port on every address of one family alone. It is bound while this one is, so that the
     * port is free at no instant; this one is to be closed then. For a socket of both families, in its namespace.
     *
     * @throws LinuxException when there are too many open files, or it cannot be kept from others meanwhile: EINVAL in a user
     *     namespace of one user, EPERM without CAP_CHOWN; then this one holds the port as before
     */
    public HeldSocket narrowed(IpFamily family) {
        IpAddress any = IpAddress.any(family);
        Fd other = socket(protocol, any, name(protocol, any, port));
        try {
            if (family == IpFamily.IPV6) {
                SocketOptions.set(other, IPPROTO_IPV6, IPV6_V6ONLY, 1);
            }
            return new SharedPort(fd, other).during(() -> bound(other, protocol, any, port));
        } catch (LinuxException e) {
            other.close();
            throw e;
        }
    }

    private static void filter(Fd fd, Protocol protocol, IpAddress address) {
        if (protocol != Protocol.SCTP && LOOPBACK.contains(address)) {
            SocketFilter.passLoopbackOnly(fd);
        } else {
            SocketFilter.dropEverything(fd);
        }
    }

    private static Fd socket(Protocol protocol, IpAddress address, String name) {
        int type = (protocol == Protocol.UDP ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC | SOCK_NONBLOCK;
        int number = Libc.sockets().socket(SocketAddressBytes.family(address), type, protocol.number());
        return Fd.owning(Libc.check("socket", number, name));
    }

    private static int boundPort(Fd fd) {
        byte[] address = SocketAddressBytes.room();
        Libc.check("getsockname", Libc.sockets().getsockname(fd.number(), address, new int[] {address.length}), fd);
        return SocketAddressBytes.port(address);
    }

    /** The port it holds. */
    public int port() {
        return port;
    }

    /** The descriptor; it stays this object's own. */
    public Fd fd() {
        return fd;
    }

    /**
     * The next connection of a TCP socket that hears; empty when there is none at this moment.
     *
     * @throws LinuxException EMFILE, ENFILE, ENOBUFS, ENOMEM: then it may still be there
     */
    public Optional<StreamSocket> accept() {
        byte[] address = SocketAddressBytes.room();
        int flags = SOCK_NONBLOCK | SOCK_CLOEXEC;
        int number = Libc.sockets().accept4(fd.number(), address, new int[] {address.length}, flags);
        if (number == -1 && Libc.lastErrno() == Errno.EAGAIN) {
            return Optional.empty();
        }
        return Optional.of(StreamSocket.accepted(Libc.check("accept4", number, fd)));
    }

    /** Whether it is one of TCP, which accepts, or of UDP, which receives. */
    public boolean isStream() {
        return protocol == Protocol.TCP;
    }

    /**
     * The next datagram of an IPv6 socket of UDP that hears; empty when there is none at this moment.
     *
     * @param buffer a direct one, which is filled from its position on
     * @return who sent it
     * @throws LinuxException when the kernel refuses
     */
    public Optional<Endpoint> receive(ByteBuffer buffer) {
        byte[] address = SocketAddressBytes.room();
        long count = Libc.sockets()
                .recvfrom(fd.number(), buffer.slice(), buffer.remaining(), 0, address, new int[] {address.length});
        if (count == -1 && Libc.lastErrno() == Errno.EAGAIN) {
            return Optional.empty();
        }
        buffer.position(buffer.position() + Libc.check("recvfrom", (int) count, fd));
        return Optional.of(SocketAddressBytes.endpoint6(address));
    }

    /**
     * Sends a datagram to one who sent some.
     *
     * @param buffer a direct one
     * @throws LinuxException EAGAIN when there is no room, EPERM when a rule drops it
     */
    public void send(ByteBuffer buffer, Endpoint to) {
        byte[] address = SocketAddressBytes.of(to.address(), to.port());
        long count = Libc.sockets()
                .sendto(fd.number(), buffer.slice(), buffer.remaining(), MSG_NOSIGNAL, address, address.length);
        Libc.check("sendto", (int) count, fd);
    }

    /** Gives the port back; idempotent. */
    @Override
    public void close() {
        fd.close();
    }
}
