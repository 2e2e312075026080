package io.netd.daemon.event;

import io.netd.daemon.config.UnixSocketFile;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.bridge.BridgeOptions;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.eventbus.bridge.tcp.TcpEventBusBridge;
import java.util.Optional;

/** Opens the bus to other processes: Vert.x's own TCP bridge protocol on a unix socket, for netd's addresses only. */
public final class BusBridge extends VerticleBase {
    private final UnixSocketFile socket;
    private Optional<TcpEventBusBridge> bridge = Optional.empty();

    /** A bridge that listens when it is deployed. */
    public BusBridge(UnixSocketFile socket) {
        this.socket = socket;
    }

    @Override
    public Future<?> start() {
        socket.makeRoom();
        TcpEventBusBridge opened = TcpEventBusBridge.create(vertx, allowed(), new NetServerOptions());
        bridge = Optional.of(opened);
        return opened.listen(SocketAddress.domainSocketAddress(socket.path().toString()))
                .onSuccess(listening -> socket.protect());
    }

    @Override
    public Future<?> stop() {
        return bridge.map(TcpEventBusBridge::close).orElse(Future.succeededFuture());
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
