package io.netd.portmap.relay;

import io.netd.linux.net.HeldSocket;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries what the host sends to its own ::1 on to containers, for which IPv6 has no rule: there is no
 * {@code route_localnet}. One thread does it all and never waits for one connection. Safe for any thread.
 */
public final class Relay implements AutoCloseable {
    private final Watches watches = new Watches();
    private final Buffers buffers = new Buffers();
    private final Quota connections;
    private final Map<HeldSocket, Served> ports = new IdentityHashMap<>();
    private final Thread thread = new Thread(this::run, "ipv6-loopback-relay");
    private boolean closed;

    private record Served(Port port, long key) {}

    private Relay(int most) {
        this.connections = new Quota("connections", most);
    }

    /** Begins, in the network namespace of the calling thread; at most so many connections, of two descriptors each. */
    public static Relay open(int most) {
        Relay relay = new Relay(most);
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
        Port port = new TcpPort(socket, watches, connections, buffers);
        socket.hearLoopback();
        Served served = new Served(port, watches.add(port, socket.fd()));
        ports.put(socket, served);
        return served;
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
        boolean more = false;
        while (!isClosed()) {
            more = proceed(watches.await(more));
        }
        watches.close();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean proceed(List<Long> changed) {
        return watches.proceed(changed);
    }

    /** Ends everything that goes through. */
    @Override
    public synchronized void close() {
        List.copyOf(ports.keySet()).forEach(this::stop);
        closed = true;
        watches.wake();
    }
}
