package io.netd.daemon.door;

import io.netd.daemon.frame.BrokenFrameException;
import io.netd.daemon.frame.Call;
import io.netd.daemon.frame.Frame;
import io.netd.daemon.frame.FrameReader;
import io.netd.daemon.frame.FrameType;
import io.netd.daemon.frame.Preface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** One connection from its first byte on. On the event loop. */
final class Connection {
    private static final Logger LOG = System.getLogger(Connection.class.getName());

    private final Client client;
    private final NetSocket socket;
    private final ConversationStarter starter;
    private final FrameReader reader = new FrameReader();
    private Optional<Conversation> conversation = Optional.empty();
    private boolean isGreeted;

    Connection(Client client, NetSocket socket, ConversationStarter starter) {
        this.client = client;
        this.socket = socket;
        this.starter = starter;
    }

    /** Turns a CALL into what the rest of the connection is about. */
    @FunctionalInterface
    interface ConversationStarter {
        Conversation start(Client client, Call call);
    }

    /** Whether the client has said what it wants. */
    boolean hasCalled() {
        return conversation.isPresent();
    }

    void on(Buffer bytes) {
        try {
            reader.feed(bytes.getBytes());
            if (isGreeted || greet()) {
                for (Optional<Frame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                    on(frame.get());
                }
            }
        } catch (BrokenFrameException e) {
            LOG.log(Level.WARNING, "request " + client.id() + ": " + e.getMessage() + "; connection closed");
            client.close();
        }
    }

    private boolean greet() {
        Optional<Preface> preface = reader.preface();
        if (preface.isEmpty()) {
            return false;
        }
        socket.write(Buffer.buffer(preface.get().answer()));
        if (!preface.get().isCompatible()) {
            socket.end();
            return false;
        }
        isGreeted = true;
        return true;
    }

    private void on(Frame frame) {
        if (conversation.isPresent()) {
            conversation.get().on(frame);
        } else if (frame.type() == FrameType.CALL) {
            conversation = Optional.of(starter.start(client, Call.decode(frame.body())));
        } else {
            throw new BrokenFrameException(frame.type() + " frame before CALL");
        }
    }

    /** The daemon stops: who waits for a brief answer may have it, others are sent away. */
    void onStop() {
        if (!conversation.map(Conversation::isBrief).orElse(false)) {
            client.close();
        }
    }

    void onGone() {
        client.onGone();
        conversation.ifPresent(Conversation::onGone);
    }
}
