package io.netd.portmap.relay;

import io.netd.linux.net.DatagramSocket;
import io.netd.linux.net.Endpoint;
import io.netd.linux.sys.LinuxException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/** What one client of a UDP port says to the container, and the answers. On the relay's thread. */
final class Association implements Watched {
    /** So many datagrams at a time, then others have their turn. */
    static final int SHARE = 64;

    private static final Logger LOG = System.getLogger(Association.class.getName());

    private final UdpPort port;
    private final Endpoint client;
    private final DatagramSocket container;
    private final ByteBuffer room;
    private final Runnable atUse;

    /**
     * Of a socket that is closed with it.
     *
     * @param room for one datagram, lent for each call
     * @param atUse is told when the container says something
     */
    Association(UdpPort port, Endpoint client, DatagramSocket container, ByteBuffer room, Runnable atUse) {
        this.port = port;
        this.client = client;
        this.container = container;
        this.room = room;
        this.atUse = atUse;
    }

    /** Carries a datagram of the client's; one that nobody takes is lost, as on any way. */
    void send(ByteBuffer datagram) {
        try {
            container.send(datagram);
        } catch (LinuxException e) {
            LOG.log(Level.DEBUG, e.getMessage());
        }
    }

    @Override
    public boolean proceed() {
        int turn = 0;
        while (turn < SHARE && answer()) {
            turn++;
        }
        return turn == SHARE;
    }

    private boolean answer() {
        try {
            if (!container.receive(room.clear())) {
                return false;
            }
            atUse.run();
            port.answer(room.flip(), client);
        } catch (LinuxException e) {
            // Nobody has taken an earlier datagram, or the client is gone; that is told once.
            LOG.log(Level.DEBUG, e.getMessage());
        }
        return true;
    }

    void close() {
        container.close();
    }
}
