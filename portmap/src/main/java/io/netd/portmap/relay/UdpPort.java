package io.netd.portmap.relay;

import io.netd.linux.net.Endpoint;
import io.netd.linux.net.HeldSocket;
import io.netd.linux.sys.LinuxException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A UDP port, which tells its clients apart. */
final class UdpPort implements Port {
    private static final Logger LOG = System.getLogger(UdpPort.class.getName());

    private HeldSocket socket;
    private final Associations associations;
    private final ByteBuffer room;
    private Optional<Destination> destination = Optional.empty();

    /**
     * A port.
     *
     * @param room for one datagram, lent for each call
     */
    UdpPort(HeldSocket socket, Associations associations, ByteBuffer room) {
        this.socket = socket;
        this.associations = associations;
        this.room = room;
    }

    @Override
    public void leadTo(Destination other) {
        if (!destination.equals(Optional.of(other))) {
            refuse();
            destination = Optional.of(other);
        }
    }

    @Override
    public void moveTo(HeldSocket other) {
        socket = other;
    }

    @Override
    public void refuse() {
        destination = Optional.empty();
        associations.end(this);
    }

    @Override
    public boolean proceed() {
        int turn = 0;
        try {
            while (turn < Association.SHARE && receive()) {
                turn++;
            }
        } catch (LinuxException e) {
            LOG.log(Level.WARNING, "[::1]:" + socket.port() + "/udp: " + e.getMessage());
        }
        return turn == Association.SHARE;
    }

    /**
     * Sends a client what the container says.
     *
     * @throws LinuxException when the client is gone, or has no room
     */
    void answer(ByteBuffer datagram, Endpoint client) {
        socket.send(datagram, client);
    }

    private boolean receive() {
        Optional<Endpoint> client = socket.receive(room.clear());
        client.ifPresent(from ->
                destination.ifPresent(to -> associations.of(this, from, to).send(room.flip())));
        return client.isPresent();
    }
}
