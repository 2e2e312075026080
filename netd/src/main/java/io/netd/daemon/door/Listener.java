package io.netd.daemon.door;

import io.netd.daemon.config.ConfigException;
import io.netd.daemon.config.ListenAddress;
import io.netd.daemon.config.UnixSocketFile;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;

/** Opens one listening socket. */
final class Listener {
    private static final int BACKLOG = 4096;

    private Listener() {}

    static Future<NetServer> open(Vertx vertx, ListenAddress address, String group, Handler<NetSocket> handler) {
        NetServer server = vertx.createNetServer(
                new NetServerOptions().setAcceptBacklog(BACKLOG).setTcpNoDelay(true));
        server.connectHandler(handler);
        if (address instanceof ListenAddress.Unix) {
            UnixSocketFile file = new UnixSocketFile(((ListenAddress.Unix) address).path(), group);
            file.makeRoom();
            return server.listen(SocketAddress.domainSocketAddress(file.path().toString()))
                    .onSuccess(open -> file.protect())
                    .recover(failure -> refuse(address, failure));
        }
        ListenAddress.Tcp tcp = (ListenAddress.Tcp) address;
        return server.listen(SocketAddress.inetSocketAddress(
                        tcp.port(), tcp.address().toString()))
                .recover(failure -> refuse(address, failure));
    }

    private static Future<NetServer> refuse(ListenAddress address, Throwable failure) {
        return Future.failedFuture(new ConfigException("cannot listen on " + address + ": " + failure.getMessage()));
    }
}
