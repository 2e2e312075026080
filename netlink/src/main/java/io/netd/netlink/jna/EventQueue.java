package io.netd.netlink.jna;

import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.sys.NetlinkFilter;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageReader;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A socket on which the kernel's announcements of one thing wait until somebody takes them; nobody is woken. The kernel
 * puts them there before whoever made the change goes on, so an empty queue proves that nothing has changed. It belongs to
 * the network namespace of the thread that opened it and keeps that namespace alive. Not thread-safe.
 */
public final class EventQueue implements AutoCloseable {
    /** The kernel uses it only while news wait. */
    private static final int ROOM = 1 << 20;

    private final Descriptor descriptor;

    private EventQueue(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Opens a queue for what is announced about one link in the calling thread's network namespace.
     *
     * @param index of the link
     * @param groups group numbers ({@code RTNLGRP_*}) whose messages have the index as second word of their header
     * @throws LinuxException when the kernel refuses
     */
    public static EventQueue ofLink(int protocol, int index, int... groups) {
        return open(protocol, fd -> NetlinkFilter.hearOnlyOfLink(fd, index), groups);
    }

    /**
     * Opens a queue, with room for the news of thousands of rules, for what is announced in the calling thread's network
     * namespace about changes that did not come through one socket.
     *
     * @param port that socket's netlink port
     * @param groups group numbers ({@code NFNLGRP_*})
     * @throws LinuxException when the kernel refuses
     */
    public static EventQueue ofOthers(int protocol, int port, int... groups) {
        EventQueue queue = open(protocol, fd -> NetlinkFilter.hearOnlyOfOthers(fd, port), groups);
        queue.descriptor.liftBufferLimits(ROOM);
        return queue;
    }

    private static EventQueue open(int protocol, IntConsumer filter, int... groups) {
        EventQueue queue = new EventQueue(Descriptor.open(protocol));
        try {
            filter.accept(queue.descriptor.fd());
            for (int group : groups) {
                queue.descriptor.join(group);
            }
            return queue;
        } catch (LinuxException e) {
            queue.close();
            throw e;
        }
    }

    /**
     * Hands over what has been announced since; does not wait. Messages are valid during the call only.
     *
     * @return false when more came than there was room for: read the state anew
     */
    public boolean take(Consumer<Message> listener) {
        try {
            Transfer transfer = Transfer.ofThread();
            Optional<ByteBuffer> datagram = transfer.receive(descriptor.fd(), "receive events");
            while (datagram.isPresent()) {
                MessageReader.split(datagram.get()).forEach(listener);
                datagram = transfer.receive(descriptor.fd(), "receive events");
            }
            return true;
        } catch (NetlinkException e) {
            if (e.errno() == Errno.ENOBUFS || e.errno() == Errno.EMSGSIZE) {
                return false;
            }
            throw e;
        }
    }

    /** Closes the socket; idempotent. */
    @Override
    public void close() {
        descriptor.close();
    }
}
