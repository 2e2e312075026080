package io.netd.portmap.relay;

import io.netd.linux.net.HeldSocket;
import io.netd.linux.net.StreamSocket;
import io.netd.linux.sys.LinuxException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A TCP port and the connections through it. */
final class TcpPort implements Port {
    private static final Logger LOG = System.getLogger(TcpPort.class.getName());

    private HeldSocket socket;
    private final Watches watches;
    private final Quota quota;
    private final Buffers buffers;
    private final Spare spare;
    private final Map<Connection, Long> connections = new HashMap<>();
    private Optional<Destination> destination = Optional.empty();

    TcpPort(HeldSocket socket, Watches watches, Quota quota, Buffers buffers, Spare spare) {
        this.socket = socket;
        this.watches = watches;
        this.quota = quota;
        this.buffers = buffers;
        this.spare = spare;
    }

    @Override
    public void leadTo(Destination other) {
        destination = Optional.of(other);
    }

    @Override
    public void moveTo(HeldSocket other) {
        socket = other;
    }

    @Override
    public void refuse() {
        destination = Optional.empty();
        for (Connection connection : List.copyOf(connections.keySet())) {
            connection.reset();
            forget(connection);
        }
    }

    @Override
    public boolean proceed() {
        try {
            acceptAll();
        } catch (LinuxException e) {
            warn(e);
        }
        return false;
    }

    private void acceptAll() {
        try {
            for (Optional<StreamSocket> next = socket.accept(); next.isPresent(); next = socket.accept()) {
                relay(next.get());
            }
        } catch (LinuxException e) {
            if (!Spare.isNeeded(e)) {
                throw e;
            }
            spare.turnAway(socket);
            warn(e);
        }
    }

    private void warn(LinuxException refusal) {
        LOG.log(Level.WARNING, "[::1]:" + socket.port() + "/tcp: " + refusal.getMessage());
    }

    private void relay(StreamSocket host) {
        if (destination.isEmpty() || !quota.take()) {
            host.reset();
            return;
        }
        try {
            connect(host, destination.get());
        } catch (LinuxException e) {
            quota.give();
            host.reset();
            warn(e);
        }
    }

    private void connect(StreamSocket host, Destination to) {
        StreamSocket container = StreamSocket.connecting(to.address(), to.port());
        try {
            Connection connection = new Connection(host, container, buffers, this::forget);
            connections.put(connection, watches.add(connection, host.fd(), container.fd()));
        } catch (LinuxException e) {
            container.close();
            throw e;
        }
    }

    private void forget(Connection connection) {
        watches.remove(connections.remove(connection));
        quota.give();
    }
}
