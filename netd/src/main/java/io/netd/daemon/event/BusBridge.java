package io.netd.daemon.event;

import io.netd.daemon.config.UnixSocketFile;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.bridge.BridgeOptions;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.eventbus.bridge.tcp.BridgeEvent;
import io.vertx.ext.eventbus.bridge.tcp.TcpEventBusBridge;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens the bus to other processes: Vert.x's own TCP bridge protocol on a unix socket, for netd's addresses only. */
public final class BusBridge extends VerticleBase {
    private final UnixSocketFile socket;
    private final Set<NetSocket> sockets = new HashSet<>();
    private Optional<TcpEventBusBridge> bridge = Optional.empty();

    /** A bridge that listens when it is deployed. */
    public BusBridge(UnixSocketFile socket) {
        this.socket = socket;
    }

    @Override
    public Future<?> start() {
        socket.makeRoom();
        TcpEventBusBridge opened = TcpEventBusBridge.create(vertx, allowed(), new NetServerOptions(), this::note);
        bridge = Optional.of(opened);
        return opened.listen(SocketAddress.domainSocketAddress(socket.path().toString()))
                .onSuccess(listening -> socket.protect());
    }

    @Override
    public Future<?> stop() {
        // The bridge would wait half a minute for its clients to leave.
        List.copyOf(sockets).forEach(NetSocket::close);
        return bridge.map(TcpEventBusBridge::close).orElse(Future.succeededFuture());
    }

    private void note(BridgeEvent event) {
        if (event.type() == BridgeEventType.SOCKET_CREATED) {
            sockets.add(event.socket());
        } else if (event.type() == BridgeEventType.SOCKET_CLOSED) {
            sockets.remove(event.socket());
        }
        event.complete(true);
    }

    private static BridgeOptions allowed() {
        BridgeOptions options = new BridgeOptions();
        for (Address address : Address.of(Address.Kind.REQUEST)) {
            options.addInboundPermitted(new PermittedOptions().setAddress(address.text()));
        }
        for (Address address : Address.of(Address.Kind.EVENT)) {
            options.addOutboundPermitted(new PermittedOptions().setAddress(address.text()));
        }
        return options;
    }
}
