package io.netd.portmap.relay;

import io.netd.linux.net.HeldSocket;
import io.netd.linux.sys.Epoll;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries what the host sends to its own ::1 on to containers, for which IPv6 has no rule: there is no
 * {@code route_localnet}. One thread does it all and never waits for one connection. Safe for any thread.
 */
public final class Relay implements AutoCloseable {
    private static final int LONGEST_DATAGRAM = 1 << 16;

    /** In turns of a port, of {@link Association#SHARE} datagrams: more than net.core.rmem_default has room for. */
    private static final int LONGEST_DRAIN = 16;

    private final Watches watches = new Watches();
    private final Buffers buffers = new Buffers();
    private final ByteBuffer room = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
    private final Spare spare = new Spare();
    private final Quota connections;
    private final Associations associations;
    private final Map<HeldSocket, Served> ports = new IdentityHashMap<>();
    private final Thread thread = new Thread(this::run, "ipv6-loopback-relay");
    private boolean closed;

    private record Served(Port port, long key) {}

    private Relay(Limits limits) {
        this.connections = new Quota("connections", limits.connections());
        this.associations = new Associations(watches, room, limits.clients(), limits.silence());
    }

    /** Begins, in the network namespace of the calling thread. */
    public static Relay open(Limits limits) {
        Relay relay = new Relay(limits);
        relay.thread.setDaemon(true);
        relay.thread.start();
        return relay;
    }

    /**
     * Relays what the socket hears of ::1; of a socket that is relayed already it says where to.
     *
     * @throws io.netd.linux.sys.LinuxException when the kernel refuses
     */
    public synchronized void serve(HeldSocket socket, Destination destination) {
        Served served = ports.get(socket);
        if (served == null) {
            served = begin(socket);
        }
        served.port().leadTo(destination);
    }

    private Served begin(HeldSocket socket) {
        Port port = socket.isStream()
                ? new TcpPort(socket, watches, connections, buffers, spare)
                : new UdpPort(socket, associations, room);
        Served served = new Served(port, watches.add(port, socket.fd()));
        ports.put(socket, served);
        return served;
    }

    /**
     * What goes through a socket goes on through another one that holds the same port, and the first is closed. Who waits in
     * its queues is served before; who comes between that and its end is lost, for only net.ipv4.tcp_migrate_req has the
     * kernel hand a listener's connections over, and nothing datagrams. One that is not relayed is closed just so.
     *
     * @throws io.netd.linux.sys.LinuxException when the kernel refuses; then the first is open and relayed as before
     */
    public synchronized void move(HeldSocket from, HeldSocket to) {
        Served served = ports.get(from);
        if (served != null) {
            ports.put(to, new Served(served.port(), watches.add(served.port(), to.fd())));
            watches.remove(ports.remove(from).key());
            drain(served.port());
            served.port().moveTo(to);
        }
        from.close();
    }

    /** Whoever sends without end is not waited for. */
    private static void drain(Port port) {
        int turns = 0;
        while (turns < LONGEST_DRAIN && port.proceed()) {
            turns++;
        }
    }

    /** Ends what goes through a socket that stays; who comes is turned away. One that is not relayed is fine. */
    public synchronized void refuse(HeldSocket socket) {
        Optional.ofNullable(ports.get(socket)).ifPresent(served -> served.port().refuse());
    }

    /** Ends what goes through a socket, which is about to be closed. One that is not relayed is fine. */
    public synchronized void stop(HeldSocket socket) {
        Optional.ofNullable(ports.remove(socket)).ifPresent(served -> {
            served.port().refuse();
            watches.remove(served.key());
        });
    }

    private void run() {
        int patience = Epoll.FOREVER;
        while (!isClosed()) {
            patience = proceed(watches.await(patience));
        }
        watches.close();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized int proceed(List<Long> changed) {
        boolean more = watches.proceed(changed);
        int patience = associations.endSilent();
        return more ? 0 : patience;
    }

    /** Ends everything that goes through. */
    @Override
    public synchronized void close() {
        List.copyOf(ports.keySet()).forEach(this::stop);
        spare.close();
        closed = true;
        watches.wake();
    }
}
