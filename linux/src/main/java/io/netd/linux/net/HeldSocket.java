package io.netd.linux.net;

import static io.netd.linux.sys.Constants.AF_INET;
import static io.netd.linux.sys.Constants.AF_INET6;
import static io.netd.linux.sys.Constants.IPPROTO_IPV6;
import static io.netd.linux.sys.Constants.IPV6_V6ONLY;
import static io.netd.linux.sys.Constants.SOCK_CLOEXEC;
import static io.netd.linux.sys.Constants.SOCK_DGRAM;
import static io.netd.linux.sys.Constants.SOCK_STREAM;
import static io.netd.linux.sys.Constants.SOL_SOCKET;
import static io.netd.linux.sys.Constants.SO_REUSEADDR;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.sys.SocketFilter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A bound socket that only keeps others from binding its port, in the network namespace of the thread that opened it.
 * A filter drops all that arrives: no connection is ever accepted by the kernel on its behalf. Thread-safe.
 */
public final class HeldSocket implements AutoCloseable {
    private final Fd fd;
    private final int port;

    private HeldSocket(Fd fd, int port) {
        this.fd = fd;
        this.port = port;
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
        String name = protocol + " " + address + " port " + port;
        Fd fd = socket(protocol, address, name);
        try {
            if (address.family() == IpFamily.IPV6) {
                setOption(fd, IPPROTO_IPV6, IPV6_V6ONLY, oneFamily);
            }
            if (protocol == Protocol.TCP) {
                // Connections of an earlier listener stay in TIME_WAIT for a minute and would refuse the bind.
                setOption(fd, SOL_SOCKET, SO_REUSEADDR, true);
            }
            // Before bind: from bind on a UDP socket receives, from listen on a TCP socket answers.
            SocketFilter.dropEverything(fd);
            byte[] bytes = SocketAddressBytes.of(address, port);
            Libc.check("bind", Libc.sockets().bind(fd.number(), bytes, bytes.length), name);
            if (protocol != Protocol.UDP) {
                // Two TCP sockets with SO_REUSEADDR may share a port until one of them listens.
                Libc.check("listen", Libc.sockets().listen(fd.number(), 1), name);
            }
            return new HeldSocket(fd, boundPort(fd));
        } catch (LinuxException e) {
            fd.close();
            throw e;
        }
    }

    private static Fd socket(Protocol protocol, IpAddress address, String name) {
        int family = address.family() == IpFamily.IPV4 ? AF_INET : AF_INET6;
        int type = protocol == Protocol.UDP ? SOCK_DGRAM : SOCK_STREAM;
        return Fd.owning(
                Libc.check("socket", Libc.sockets().socket(family, type | SOCK_CLOEXEC, protocol.number()), name));
    }

    private static void setOption(Fd fd, int level, int option, boolean on) {
        byte[] value = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(on ? 1 : 0)
                .array();
        int result = Libc.sockets().setsockopt(fd.number(), level, option, value, value.length);
        Libc.check("setsockopt " + level + "/" + option, result, fd);
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

    /** Gives the port back. */
    @Override
    public void close() {
        fd.close();
    }
}
