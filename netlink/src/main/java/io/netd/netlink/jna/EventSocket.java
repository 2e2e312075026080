package io.netd.netlink.jna;

import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.sys.NetlinkFilter;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageReader;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A socket that hears multicast groups. One thread receives; any thread may close, which ends a waiting receive. It belongs to the
 * network namespace of the thread that opened it and keeps that namespace alive.
 */
public final class EventSocket implements AutoCloseable {
    /** What may wait to be heard: the news of thousands of links or rules. */
    private static final int ROOM = 8 << 20;

    private final Descriptor descriptor;
    private final Wakeup wakeup = new Wakeup();
    private final Transfer transfer = new Transfer();
    private final ReentrantLock receiving = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();

    private EventSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Opens a socket in the calling thread's network namespace and joins the groups.
     *
     * @param protocol one of {@code Netlink.NETLINK_*}
     * @param groups group numbers ({@code RTNLGRP_*}, {@code NFNLGRP_*}), not masks
     * @throws LinuxException when the kernel refuses
     */
    public static EventSocket open(int protocol, int... groups) {
        EventSocket socket = new EventSocket(Descriptor.open(protocol));
        socket.descriptor.liftBufferLimits(ROOM);
        try {
            for (int group : groups) {
                socket.descriptor.join(group);
            }
            return socket;
        } catch (LinuxException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * From now on hears messages of one type only, and is not woken for others. Before the first receive, or by its listener.
     *
     * @param butOfPorts netlink ports, at most 100, of sockets about whose doings nothing is to be heard
     * @throws IllegalArgumentException when there are more ports
     * @throws LinuxException when the kernel refuses
     */
    public void hearOnly(int messageType, Set<Integer> butOfPorts) {
        NetlinkFilter.hearOnly(descriptor.fd(), messageType, butOfPorts);
    }

    /** What a receive ended with. */
    public enum Outcome {
        /** Events were handed over. */
        EVENTS,
        /** The buffer overflowed and events were lost: read the state anew. */
        LOST,
        /** The socket was closed. */
        CLOSED
    }

    /** Waits for a datagram and hands its messages over, on this thread; they are valid during the call only. */
    public Outcome receive(Consumer<Message> listener) {
        receiving.lock();
        try {
            if (closed.get() || !wakeup.await(descriptor.fd())) {
                return Outcome.CLOSED;
            }
            Optional<ByteBuffer> datagram = transfer.receive(descriptor.fd(), "receive events");
            datagram.ifPresent(bytes -> MessageReader.split(bytes).forEach(listener));
            return Outcome.EVENTS;
        } catch (NetlinkException e) {
            if (e.errno() == Errno.ENOBUFS || e.errno() == Errno.EMSGSIZE) {
                return Outcome.LOST;
            }
            throw e;
        } finally {
            receiving.unlock();
        }
    }

    /** Closes the socket; idempotent. Returns when no receive is under way. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        wakeup.wake();
        receiving.lock();
        try {
            descriptor.close();
            wakeup.close();
        } finally {
            receiving.unlock();
        }
    }
}
