package io.netd.netlink.nft;

import io.netd.netlink.jna.EventSocket;
import io.netd.netlink.jna.EventSocket.Outcome;
import io.netd.netlink.wire.Netlink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Hears what becomes of traced packets in one network namespace, on a thread of its own, and keeps that namespace alive
 * until closed. Events of other people's traces come too.
 */
public final class TraceSocket implements AutoCloseable {
    /** A host under somebody else's trace sends many; what is more than anybody will read is dropped. */
    private static final int MOST_WAITING = 10_000;

    private final EventSocket socket;
    private final BlockingQueue<TraceEvent> events = new LinkedBlockingQueue<>(MOST_WAITING);

    private TraceSocket(EventSocket socket) {
        this.socket = socket;
        Thread thread = new Thread(this::listen, "nftables-trace");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Opens a socket in the calling thread's network namespace.
     *
     * @throws io.netd.linux.sys.LinuxException when the kernel refuses
     */
    public static TraceSocket open() {
        return new TraceSocket(EventSocket.open(Netlink.NETLINK_NETFILTER, NfTables.NFNLGRP_NFTRACE));
    }

    /** The next event; empty when none came in that time. */
    public Optional<TraceEvent> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(events.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void listen() {
        Outcome outcome = Outcome.EVENTS;
        while (outcome != Outcome.CLOSED) {
            outcome = socket.receive(message -> TraceEvent.read(message).ifPresent(events::offer));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
