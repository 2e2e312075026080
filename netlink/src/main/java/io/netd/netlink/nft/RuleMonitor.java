package io.netd.netlink.nft;

import io.netd.netlink.jna.EventSocket;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.Netlink;
import java.util.function.Consumer;

/**
 * Listens to changes of nf_tables in one network namespace on a socket and a thread of its own, and keeps that namespace
 * alive until closed. What comes through sockets of this process that are open is left out. The listener is called on that
 * thread; what it throws ends the monitor.
 */
public final class RuleMonitor implements AutoCloseable {
    /** Who changed the rules when events were lost. */
    private static final RuleChange SOMEBODY = new RuleChange(0, "", 0);

    private final EventSocket socket;

    private RuleMonitor(EventSocket socket, Consumer<RuleChange> listener) {
        this.socket = socket;
        Thread thread = new Thread(() -> listen(listener), "rule-monitor");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts listening in the calling thread's namespace: whatever is committed after the return is told.
     *
     * @throws io.netd.linux.sys.LinuxException when the kernel refuses
     */
    public static RuleMonitor open(Consumer<RuleChange> listener) {
        EventSocket socket = EventSocket.open(Netlink.NETLINK_NETFILTER, NfTables.NFNLGRP_NFTABLES);
        try {
            // The end of a transaction comes in a datagram of its own; what was changed is read anew anyway.
            socket.hearOnly(Messages.type(NfTables.NFT_MSG_NEWGEN));
            return new RuleMonitor(socket, listener);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void listen(Consumer<RuleChange> listener) {
        try (socket) {
            EventSocket.Outcome outcome = EventSocket.Outcome.EVENTS;
            while (outcome != EventSocket.Outcome.CLOSED) {
                outcome = socket.receive(message -> hear(message, listener));
                if (outcome == EventSocket.Outcome.LOST) {
                    listener.accept(SOMEBODY);
                }
            }
        }
    }

    private static void hear(Message message, Consumer<RuleChange> listener) {
        if (message.type() == Messages.type(NfTables.NFT_MSG_NEWGEN) && !OpenPorts.has(message.port())) {
            listener.accept(RuleChange.decode(message));
        }
    }

    /** Ends listening; idempotent. Returns once the listener is not being called any more, except when called by it. */
    @Override
    public void close() {
        socket.close();
    }
}
