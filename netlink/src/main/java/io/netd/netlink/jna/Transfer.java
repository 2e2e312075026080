package io.netd.netlink.jna;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.netd.linux.sys.Errno;
import io.netd.netlink.NetlinkException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Moves datagrams between descriptors and one native buffer that is reused and grows. Not thread-safe. The buffer is Java's, not
 * JNA's: JNA would start a thread to clean up after it, which would live on in the namespace that a socket is opened in.
 */
final class Transfer {
    /** The kernel fills dumps into datagrams of at most 32 KiB. */
    private static final int INITIAL = 64 << 10;

    /** Sockets come and go with requests; a buffer for each would cost more than what is sent through it. */
    private static final ThreadLocal<Transfer> OF_THREAD = ThreadLocal.withInitial(Transfer::new);

    private ByteBuffer view = allocate(INITIAL);
    private Pointer memory = Native.getDirectBufferPointer(view);

    /** The one that this thread uses for whatever it does not have to keep. */
    static Transfer ofThread() {
        return OF_THREAD.get();
    }

    void send(int fd, ByteBuffer batch, String request) {
        int length = batch.remaining();
        grow(length);
        view.clear().put(batch.duplicate());
        while (LibC.send(fd, memory, length, 0) < 0) {
            Errno errno = LibC.lastError();
            if (errno != Errno.EINTR) {
                throw new NetlinkException(errno, request, "");
            }
        }
    }

    /** The next datagram, valid until the next call; empty when none waits. */
    Optional<ByteBuffer> receive(int fd, String request) {
        while (true) {
            long length = LibC.recv(fd, memory, view.capacity(), LibC.MSG_DONTWAIT | LibC.MSG_TRUNC);
            if (length > view.capacity()) {
                grow((int) length);
                throw NetlinkException.lost(Errno.EMSGSIZE, request, "an answer of " + length + " bytes was cut");
            }
            if (length >= 0) {
                view.clear().limit((int) length);
                return Optional.of(view);
            }
            Errno errno = LibC.lastError();
            if (errno == Errno.EAGAIN) {
                return Optional.empty();
            }
            if (errno != Errno.EINTR) {
                throw NetlinkException.lost(errno, request, "");
            }
        }
    }

    private void grow(int length) {
        if (length > view.capacity()) {
            view = allocate(Math.max(length, view.capacity() * 2));
            memory = Native.getDirectBufferPointer(view);
        }
    }

    private static ByteBuffer allocate(int length) {
        return ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
    }
}
