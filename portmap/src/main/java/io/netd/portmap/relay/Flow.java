package io.netd.portmap.relay;

import io.netd.linux.net.StreamSocket;
import io.netd.linux.sys.LinuxException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One direction of a relayed connection. On the relay's thread. */
final class Flow {
    /** So many buffers at a time, then others have their turn. */
    private static final int SHARE = 16;

    private final StreamSocket from;
    private final StreamSocket to;
    private final Buffers buffers;
    private Optional<ByteBuffer> pending = Optional.empty();
    private boolean ended;
    private boolean lost;
    private boolean cut;
    private boolean over;

    Flow(StreamSocket from, StreamSocket to, Buffers buffers) {
        this.from = from;
        this.to = to;
        this.buffers = buffers;
    }

    /** Moves what can be moved without waiting; whether there may be more. */
    boolean move() {
        int turn = 0;
        while (turn < SHARE && !over && proceed()) {
            turn++;
        }
        return turn == SHARE;
    }

    private boolean proceed() {
        if (pending.isPresent()) {
            return send(pending.get());
        }
        if (ended) {
            finish();
            return false;
        }
        return receive();
    }

    private boolean receive() {
        ByteBuffer buffer = buffers.take();
        try {
            int count = from.receive(buffer);
            ended = count == StreamSocket.END;
        } catch (LinuxException e) {
            ended = true;
            cut = true;
            lost = true;
        }
        if (buffer.position() > 0) {
            pending = Optional.of(buffer.flip());
        } else {
            buffers.give(buffer);
        }
        return ended || pending.isPresent();
    }

    private boolean send(ByteBuffer buffer) {
        try {
            to.send(buffer);
        } catch (LinuxException e) {
            // Who does not take any more may still have something to say, and the other flow hears it end.
            lost = true;
            end();
            return false;
        }
        if (!buffer.hasRemaining()) {
            release();
        }
        return pending.isEmpty();
    }

    private void finish() {
        try {
            if (!lost) {
                to.finish();
            }
        } catch (LinuxException e) {
            lost = true;
        }
        over = true;
    }

    /** Nothing more is moved. */
    void end() {
        over = true;
        release();
    }

    private void release() {
        pending.ifPresent(buffers::give);
        pending = Optional.empty();
    }

    /** Whether all has been moved that will ever be. */
    boolean isOver() {
        return over;
    }

    /** Whether one of the connections failed, which ends the other, too. */
    boolean isLost() {
        return lost;
    }

    /** Whether nothing can be received any more because that connection failed: nor can anything be sent to it. */
    boolean isCut() {
        return cut && over;
    }
}
