package io.netd.netlink.nft;

import io.netd.netlink.jna.EventSocket;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.Netlink;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Listens to changes of nf_tables in one network namespace on a socket and a thread of its own, and keeps that namespace
 * alive until closed. What comes through sockets of this process that are open is left out. The listener is called on that
 * thread; what it throws ends the monitor.
 */
public final class RuleMonitor implements AutoCloseable {
    /** Who changed the rules when events were lost. */
    private static final RuleChange SOMEBODY = new RuleChange(0, "", 0);

    /**
     * Well below what {@link EventSocket#hearOnly} takes: each port is a comparison more for everybody's changes. A process with
     * more sockets that are kept is woken for its own changes as well, and leaves them out itself.
     */
    private static final int MOST_UNHEARD = 16;

    private final EventSocket socket;
    private Set<Integer> unheard = Set.of();

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
            hearOnly(socket, Set.of());
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

    private void hear(Message message, Consumer<RuleChange> listener) {
        if (OpenPorts.has(message.port())) {
            ignore(OpenPorts.kept());
        } else if (message.type() == Messages.type(NfTables.NFT_MSG_NEWGEN)) {
            listener.accept(RuleChange.decode(message));
        }
    }

    /** To be woken for each change of its own slows the process down that makes it. */
    private void ignore(Set<Integer> ports) {
        if (!ports.equals(unheard) && ports.size() <= MOST_UNHEARD) {
            hearOnly(socket, ports);
            unheard = ports;
        }
    }

    /** The end of a transaction comes in a datagram of its own; what was changed is read anew anyway. */
    private static void hearOnly(EventSocket socket, Set<Integer> butOfPorts) {
        socket.hearOnly(Messages.type(NfTables.NFT_MSG_NEWGEN), butOfPorts);
    }

    /** Ends listening; idempotent. Returns once the listener is not being called any more, except when called by it. */
    @Override
    public void close() {
        socket.close();
    }
}
