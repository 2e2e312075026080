package io.netd.netlink.monitor;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.jna.EventSocket;
import io.netd.netlink.route.Rtnetlink;
import io.netd.netlink.wire.Netlink;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Listens to link and address events of one network namespace on a socket and a thread of its own, and keeps that namespace alive
 * until closed. The listener is called on that thread, one event at a time; what it throws goes to the thread's uncaught-exception
 * handler and ends the monitor.
 */
public final class Monitor implements AutoCloseable {
    private final EventSocket socket;
    private final Thread thread;

    private Monitor(EventSocket socket, Consumer<LinkEvent> listener) {
        this.socket = socket;
        this.thread = new Thread(() -> listen(listener), "netlink-monitor");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts listening in the calling thread's namespace: whatever happens after the return is announced.
     *
     * @throws io.netd.linux.sys.LinuxException when the kernel refuses
     */
    public static Monitor open(Consumer<LinkEvent> listener) {
        EventSocket socket = EventSocket.open(
                Netlink.NETLINK_ROUTE,
                Rtnetlink.RTNLGRP_LINK,
                Rtnetlink.RTNLGRP_IPV4_IFADDR,
                Rtnetlink.RTNLGRP_IPV6_IFADDR);
        return new Monitor(socket, listener);
    }

    /**
     * Starts listening to nothing but {@link LinkEvent.LinkRemoved} in the calling thread's namespace; the kernel keeps
     * the rest back.
     *
     * @throws io.netd.linux.sys.LinuxException when the kernel refuses
     */
    public static Monitor openForRemovedLinks(Consumer<LinkEvent> listener) {
        EventSocket socket = EventSocket.open(Netlink.NETLINK_ROUTE, Rtnetlink.RTNLGRP_LINK);
        try {
            socket.hearOnly(Rtnetlink.RTM_DELLINK, Set.of());
            return new Monitor(socket, listener);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Starts listening in that namespace, entering it for a moment; platform threads only. */
    public static Monitor openIn(NetworkNamespace namespace, Consumer<LinkEvent> listener) {
        return namespace.call(() -> open(listener));
    }

    private void listen(Consumer<LinkEvent> listener) {
        try (socket) {
            EventSocket.Outcome outcome = EventSocket.Outcome.EVENTS;
            while (outcome != EventSocket.Outcome.CLOSED) {
                outcome = socket.receive(message -> EventCodec.decode(message).ifPresent(listener));
                if (outcome == EventSocket.Outcome.LOST) {
                    listener.accept(new LinkEvent.EventsLost());
                }
            }
        }
    }

    /** Ends listening; idempotent. Returns once the listener is not being called any more, except when called by it. */
    @Override
    public void close() {
        socket.close();
    }
}
