package io.netd.portmap.relay;

import io.netd.linux.net.StreamSocket;
import java.util.function.Consumer;

/** A connection of the host and its continuation to the container; each side's end is carried on. On the relay's thread. */
final class Connection implements Watched {
    private final StreamSocket host;
    private final StreamSocket container;
    private final Flow there;
    private final Flow back;
    private final Consumer<Connection> atEnd;
    private boolean isConnected;

    /**
     * Of two sockets that are closed with it.
     *
     * @param atEnd is told when it has come to its end by itself
     */
    Connection(StreamSocket host, StreamSocket container, Buffers buffers, Consumer<Connection> atEnd) {
        this.host = host;
        this.container = container;
        this.there = new Flow(host, container, buffers);
        this.back = new Flow(container, host, buffers);
        this.atEnd = atEnd;
    }

    @Override
    public boolean proceed() {
        boolean more = back.move();
        isConnected = isConnected || container.isConnected();
        more |= isConnected && there.move();
        boolean isOver = there.isOver() && back.isOver();
        if (isOver || there.isCut() || back.isCut()) {
            if (there.isLost() || back.isLost()) {
                reset();
            } else {
                close();
            }
            atEnd.accept(this);
            return false;
        }
        return more;
    }

    /** Ends it at once, and says so to both sides. */
    void reset() {
        release();
        host.reset();
        container.reset();
    }

    private void close() {
        release();
        host.close();
        container.close();
    }

    private void release() {
        there.end();
        back.end();
    }
}
