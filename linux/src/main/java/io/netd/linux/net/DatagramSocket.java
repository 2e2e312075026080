package io.netd.linux.net;

import static io.netd.linux.sys.Constants.MSG_NOSIGNAL;
import static io.netd.linux.sys.Constants.SOCK_CLOEXEC;
import static io.netd.linux.sys.Constants.SOCK_DGRAM;
import static io.netd.linux.sys.Constants.SOCK_NONBLOCK;

import io.netd.address.Protocol;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.nio.ByteBuffer;

/** A UDP socket on a free port that speaks to one other, and never waits. Thread-safe. */
public final class DatagramSocket implements AutoCloseable {
    private final Fd fd;

    private DatagramSocket(Fd fd) {
        this.fd = fd;
    }

    /**
     * For that other, in the network namespace of the calling thread.
     *
     * @throws LinuxException ENETUNREACH, EMFILE
     */
    public static DatagramSocket connected(Endpoint other) {
        int type = SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
        int family = SocketAddressBytes.family(other.address());
        Fd fd = Fd.owning(
                Libc.check("socket", Libc.sockets().socket(family, type, Protocol.UDP.number()), other.address()));
        try {
            byte[] bytes = SocketAddressBytes.of(other.address(), other.port());
            Libc.check("connect", Libc.sockets().connect(fd.number(), bytes, bytes.length), other);
            return new DatagramSocket(fd);
        } catch (LinuxException e) {
            fd.close();
            throw e;
        }
    }

    /** The descriptor; it stays this object's own. */
    public Fd fd() {
        return fd;
    }

    /**
     * Takes the next datagram.
     *
     * @param buffer a direct one, which is filled from its position on; what has no room there is lost
     * @return whether there was one
     * @throws LinuxException ECONNREFUSED when nobody has wanted an earlier one
     */
    public boolean receive(ByteBuffer buffer) {
        long count = Libc.sockets().recv(fd.number(), buffer.slice(), buffer.remaining(), 0);
        if (count == -1 && Libc.lastErrno() == Errno.EAGAIN) {
            return false;
        }
        buffer.position(buffer.position() + Libc.check("recv", (int) count, fd));
        return true;
    }

    /**
     * Sends a datagram, or loses it where there is no room.
     *
     * @param buffer a direct one
     * @throws LinuxException ECONNREFUSED when nobody has wanted an earlier one
     */
    public void send(ByteBuffer buffer) {
        long count = Libc.sockets().send(fd.number(), buffer.slice(), buffer.remaining(), MSG_NOSIGNAL);
        if (count != -1 || Libc.lastErrno() != Errno.EAGAIN) {
            Libc.check("send", (int) count, fd);
        }
    }

    @Override
    public void close() {
        fd.close();
    }
}
