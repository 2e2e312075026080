package io.netd.daemon.door;

import io.netd.daemon.frame.Frame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One client's connection as calls see it. Any thread may ask and write; {@code on...} and {@code end} belong to the event loop. */
final class Client {
    /** How long a writer sleeps at most before it looks whether the client has gone. */
    private static final long LOOK_MILLIS = 500;

    private final long id;
    private final NetSocket socket;
    private final OptionalInt pid;
    private final Semaphore drained = new Semaphore(0);
    private volatile boolean gone;

    Client(long id, NetSocket socket, OptionalInt pid) {
        this.id = id;
        this.socket = socket;
        this.pid = pid;
        socket.drainHandler(nothing -> drained.release());
    }

    /** Number of the request, for the log. */
    long id() {
        return id;
    }

    /** The client's process as the kernel told it; none over TCP. */
    OptionalInt pid() {
        return pid;
    }

    boolean isGone() {
        return gone;
    }

    void onGone() {
        gone = true;
        drained.release();
    }

    /** Sends without waiting; nothing happens when the client has gone. */
    void send(Frame frame) {
        if (!gone) {
            socket.write(Buffer.buffer(frame.toBytes()));
        }
    }

    /** Sends, and waits while the client does not read. For platform threads only; false when the client has gone. */
    boolean sendPatiently(Frame frame) throws InterruptedException {
        while (!gone && socket.writeQueueFull()) {
            boolean ignored = drained.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        send(frame);
        return !gone;
    }

    /** Sends the exit code and hangs up. */
    void exit(int code) {
        end(List.of(Frame.exit(code)));
    }

    /** Sends the last frames in one piece, so that the client is woken once, and hangs up. */
    void end(List<Frame> last) {
        if (!gone) {
            Buffer bytes = Buffer.buffer();
            last.forEach(frame -> bytes.appendBytes(frame.toBytes()));
            socket.end(bytes);
        }
    }

    /** Hangs up. */
    void close() {
        socket.close();
    }
}
