package io.netd.netlink.jna;

import io.netd.linux.sys.Errno;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageReader;
import io.netd.netlink.wire.MessageWriter;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * A socket for requests. It belongs to the network namespace of the thread that opened it and keeps that namespace alive; afterwards
 * any thread may use it, calls wait for one another.
 *
 * <p>The kernel works a request off inside {@code sendto}, so every answer waits in the socket when that returns, and an empty
 * socket is the end of the answers. Acknowledgements may therefore be asked for on all messages, on some or on none: refusals come
 * in any case. {@code NLMSG_BATCH_END} of nfnetlink must not ask for one: kernels before 6.10 do not answer it.
 */
public final class NetlinkSocket implements AutoCloseable {
    private static final int DUMP_ATTEMPTS = 20;

    /** Such a batch, and a refusal of each of its messages, fit into the kernel's smallest default buffers. */
    private static final int SMALL = 8 << 10;

    /** Room for a batch of thousands of rules going down, and as many acknowledgements coming up. */
    private static final int ROOM = 8 << 20;

    /** What comes back of a batch, each rule of it echoed in a buffer of its own, to what was sent. */
    private static final int ECHO = 4;

    private final Descriptor descriptor;
    private int sequence = 1;
    private int room;

    private NetlinkSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Opens a socket in the calling thread's network namespace.
     *
     * @param protocol one of {@code Netlink.NETLINK_*}
     * @throws io.netd.linux.sys.LinuxException when the kernel refuses
     */
    public static NetlinkSocket open(int protocol) {
        Descriptor descriptor = Descriptor.open(protocol);
        descriptor.option(LibC.SOL_NETLINK, LibC.NETLINK_CAP_ACK, 1);
        descriptor.option(LibC.SOL_NETLINK, LibC.NETLINK_EXT_ACK, 1);
        descriptor.option(LibC.SOL_NETLINK, LibC.NETLINK_GET_STRICT_CHK, 1);
        return new NetlinkSocket(descriptor);
    }

    /** The port id that the kernel gave this socket; nftables events name their author by it. */
    public int port() {
        return descriptor.port();
    }

    /**
     * Sends a batch in one call and gathers what comes back. An inconsistent dump is asked for again.
     *
     * @param request what is asked for, for the error message: "list links"
     * @param messages the batch
     * @param decoder turns a reply into a value, or skips it; must not keep the message, nor ask anything
     * @throws NetlinkException when sending fails or answers were lost; what the kernel refused is in the answer
     */
    public synchronized <T> Answer<T> ask(
            String request, MessageWriter messages, Function<Message, Optional<T>> decoder) {
        for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
            Batch batch = new Batch(messages.finish(), descriptor.port(), sequence);
            makeRoom(batch);
            sequence += batch.count();
            Exchange<T> exchange = new Exchange<>(batch, decoder);
            Transfer.ofThread().send(descriptor.fd(), batch.bytes(), request);
            gather(exchange, request);
            if (!exchange.isInterrupted() || !batch.isDump()) {
                return exchange.answer(request);
            }
        }
        throw new NetlinkException(Errno.EAGAIN, request, "changed " + DUMP_ATTEMPTS + " times while being listed");
    }

    /** Sends a batch whose replies, if any, do not matter. */
    public Answer<Message> send(String request, MessageWriter messages) {
        return ask(request, messages, message -> Optional.empty());
    }

    /** Sends a batch that must succeed. */
    public void execute(String request, MessageWriter messages) {
        send(request, messages).orThrow();
    }

    /** The index of a link of the socket's namespace; see {@link Descriptor#indexOfLink}. */
    public synchronized OptionalInt indexOfLink(String name) {
        return descriptor.indexOfLink(name);
    }

    /** Closes the socket; idempotent. */
    @Override
    public synchronized void close() {
        descriptor.close();
    }

    /** Most sockets never send much, and two system calls are not for nothing. */
    private void makeRoom(Batch batch) {
        int size = batch.bytes().remaining();
        int needed = size > SMALL ? Math.max(ROOM, Math.multiplyExact(size, ECHO)) : 0;
        if (needed > room) {
            descriptor.liftBufferLimits(needed);
            room = needed;
        }
    }

    private void gather(Exchange<?> exchange, String request) {
        Transfer transfer = Transfer.ofThread();
        Optional<ByteBuffer> datagram = transfer.receive(descriptor.fd(), request);
        while (datagram.isPresent()) {
            MessageReader.split(datagram.get()).forEach(exchange::take);
            datagram = transfer.receive(descriptor.fd(), request);
        }
        if (!exchange.isComplete()) {
            throw NetlinkException.lost(Errno.ENODATA, request, "the kernel did not answer every message");
        }
    }
}
