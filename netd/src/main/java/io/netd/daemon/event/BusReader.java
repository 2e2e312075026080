package io.netd.daemon.event;

import io.netd.daemon.door.Peer;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.Optional;

/** A process at the other end of the bus, and how much it leaves unread. */
record BusReader(NetSocket socket) {
    /** Some ten thousand events: whoever leaves so much unread does not read at all. */
    static final int MOST_UNREAD = 4 << 20;

    static BusReader of(NetSocket socket) {
        return new BusReader(socket.setWriteQueueMaxSize(MOST_UNREAD));
    }

    boolean isTooFarBehind() {
        return socket.writeQueueFull();
    }

    /**
     * Ends the connection with what is still unsent. Vert.x's own close, also that of the channel, waits until the reader
     * has read it: this one begins behind Vert.x's handler.
     */
    void drop() {
        context().close();
    }

    /** Vert.x has room for one such handler, and its bridge needs that. */
    void onEnd(Runnable action) {
        context().channel().closeFuture().addListener(closed -> action.run());
    }

    private ChannelHandlerContext context() {
        return ((NetSocketInternal) socket).channelHandlerContext();
    }

    /** The process by its pid and program. */
    @Override
    public String toString() {
        return Peer.pid(socket).stream().mapToObj(BusReader::name).findFirst().orElse("an unknown process");
    }

    private static String name(int pid) {
        Optional<String> program =
                ProcessHandle.of(pid).flatMap(process -> process.info().command());
        return "process " + pid + program.map(path -> " (" + path + ")").orElse("");
    }
}
