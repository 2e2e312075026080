package io.netd.daemon.door;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.OptionalInt;

/** Who is at the other end of a unix socket. */
public final class Peer {
    private Peer() {}

    /** The process that connected, by SO_PEERCRED; none over TCP, and none without Netty's native transport. */
    public static OptionalInt pid(NetSocket socket) {
        Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
        if (!(channel instanceof EpollDomainSocketChannel)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(
                    ((EpollDomainSocketChannel) channel).peerCredentials().pid());
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }
}
