package io.netd.linux.net;

import static io.netd.linux.sys.Constants.IPPROTO_TCP;
import static io.netd.linux.sys.Constants.MSG_NOSIGNAL;
import static io.netd.linux.sys.Constants.SHUT_WR;
import static io.netd.linux.sys.Constants.SOCK_CLOEXEC;
import static io.netd.linux.sys.Constants.SOCK_NONBLOCK;
import static io.netd.linux.sys.Constants.SOCK_STREAM;
import static io.netd.linux.sys.Constants.SOL_SOCKET;
import static io.netd.linux.sys.Constants.SO_LINGER;
import static io.netd.linux.sys.Constants.TCP_NODELAY;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.nio.ByteBuffer;

/** A TCP connection whose calls never wait. Thread-safe; who reads and writes at once gets bytes in any order. */
public final class StreamSocket implements AutoCloseable {
    /** What {@link #receive} answers when the other side has finished. */
    public static final int END = -1;

    private final Fd fd;

    private StreamSocket(Fd fd) {
        this.fd = fd;
    }

    /** A connection that accept(2) has answered. */
    static StreamSocket accepted(int number) {
        return new StreamSocket(Fd.owning(number)).withoutDelay();
    }

    /**
     * Begins to connect, in the network namespace of the calling thread. Until the other side has answered nothing can be
     * sent or received; why it did not is told by {@link #receive}.
     *
     * @throws LinuxException when that cannot even begin: ENETUNREACH, EMFILE
     */
    public static StreamSocket connecting(IpAddress address, int port) {
        int type = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
        int number = Libc.sockets().socket(SocketAddressBytes.family(address), type, Protocol.TCP.number());
        StreamSocket socket = new StreamSocket(Fd.owning(Libc.check("socket", number, address)));
        try {
            byte[] bytes = SocketAddressBytes.of(address, port);
            int result = Libc.sockets().connect(socket.fd.number(), bytes, bytes.length);
            Errno errno = result == -1 ? Libc.lastErrno() : Errno.EINPROGRESS;
            if (errno != Errno.EINPROGRESS) {
                throw new LinuxException("connect", errno, address + " port " + port);
            }
            return socket.withoutDelay();
        } catch (LinuxException e) {
            socket.close();
            throw e;
        }
    }

    /** Small pieces go on as they come: whoever sent them knew why. */
    private StreamSocket withoutDelay() {
        SocketOptions.set(fd, IPPROTO_TCP, TCP_NODELAY, 1);
        return this;
    }

    /** The descriptor; it stays this object's own. */
    public Fd fd() {
        return fd;
    }

    /** Whether the other side has answered, and neither has ended the connection. */
    public boolean isConnected() {
        byte[] address = SocketAddressBytes.room();
        return Libc.sockets().getpeername(fd.number(), address, new int[] {address.length}) != -1;
    }

    /**
     * Takes what has arrived.
     *
     * @param buffer a direct one, which is filled from its position on
     * @return how many bytes; 0 when none is there yet, {@link #END} when none will come
     * @throws LinuxException ECONNRESET, ECONNREFUSED and others that end a connection
     */
    public int receive(ByteBuffer buffer) {
        long count = Libc.sockets().recv(fd.number(), buffer.slice(), buffer.remaining(), 0);
        int received = orNothing("recv", count);
        buffer.position(buffer.position() + received);
        return count == 0 ? END : received;
    }

    /**
     * Sends as much as there is room for.
     *
     * @param buffer a direct one, whose position goes on by what was sent
     * @return how many bytes, maybe 0
     * @throws LinuxException EPIPE, ECONNRESET and others that end a connection
     */
    public int send(ByteBuffer buffer) {
        long count = Libc.sockets().send(fd.number(), buffer.slice(), buffer.remaining(), MSG_NOSIGNAL);
        int sent = orNothing("send", count);
        buffer.position(buffer.position() + sent);
        return sent;
    }

    private int orNothing(String call, long count) {
        Errno errno = count == -1 ? Libc.lastErrno() : Errno.EAGAIN;
        if (errno != Errno.EAGAIN) {
            throw new LinuxException(call, errno, fd.toString());
        }
        return (int) Math.max(0, count);
    }

    /**
     * Tells the other side that nothing more will be sent. A connection that is not answered yet would be given up.
     *
     * @throws LinuxException ENOTCONN when there is no connection any more
     */
    public void finish() {
        Libc.check("shutdown", Libc.sockets().shutdown(fd.number(), SHUT_WR), fd);
    }

    /** Ends the connection at once, both ways; the other side hears of a reset. */
    public void reset() {
        // struct linger { int l_onoff; int l_linger; }: with no time to linger close(2) sends a RST.
        SocketOptions.set(fd, SOL_SOCKET, SO_LINGER, 1, 0);
        close();
    }

    @Override
    public void close() {
        fd.close();
    }
}
