package io.netd.daemon.event;

import io.netd.daemon.config.UnixSocketFile;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.bridge.BridgeOptions;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.eventbus.bridge.tcp.BridgeEvent;
import io.vertx.ext.eventbus.bridge.tcp.TcpEventBusBridge;
import io.vertx.ext.eventbus.bridge.tcp.impl.protocol.FrameHelper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Opens the bus to other processes: Vert.x's own TCP bridge protocol on a unix socket, for netd's addresses only. */
public final class BusBridge extends VerticleBase {
    private static final Logger LOG = System.getLogger(BusBridge.class.getName());

    private final UnixSocketFile socket;
    private final List<JsonObject> early;
    private final Map<NetSocket, BusReader> readers = new ConcurrentHashMap<>();
    private Optional<TcpEventBusBridge> bridge = Optional.empty();

    /**
     * A bridge that listens when it is deployed.
     *
     * @param early events from before, which whoever registers hears first
     */
    public BusBridge(UnixSocketFile socket, List<JsonObject> early) {
        this.socket = socket;
        this.early = List.copyOf(early);
    }

    @Override
    public Future<?> start() {
        socket.makeRoom();
        TcpEventBusBridge opened = TcpEventBusBridge.create(vertx, allowed(), new NetServerOptions(), this::note);
        bridge = Optional.of(opened);
        // Vert.x's bridge writes whatever comes to whoever has registered, however much that one has left unread.
        vertx.eventBus().localConsumer(Address.EVENTS.text(), event -> dropWhoIsTooFarBehind());
        return opened.listen(SocketAddress.domainSocketAddress(socket.path().toString()))
                .onSuccess(listening -> socket.protect());
    }

    @Override
    public Future<?> stop() {
        // The bridge would wait half a minute for its clients to leave.
        List.copyOf(readers.values()).forEach(BusReader::drop);
        return bridge.map(TcpEventBusBridge::close).orElse(Future.succeededFuture());
    }

    /** Somebody asks something; who never did is sent nothing. */
    private void note(BridgeEvent event) {
        readers.computeIfAbsent(event.socket(), this::reader);
        // Answers are left unread, too.
        dropWhoIsTooFarBehind();
        event.complete(true);
        if (event.type() == BridgeEventType.REGISTERED) {
            tellEarly(event.socket(), event.getRawMessage().getString("address", ""));
        }
    }

    private void tellEarly(NetSocket connection, String address) {
        for (JsonObject event : early) {
            if (address.equals(Address.EVENTS.text()) || address.equals(event.getString("address"))) {
                JsonObject frame = new JsonObject()
                        .put("type", "message")
                        .put("address", address)
                        .put("body", event);
                FrameHelper.writeFrame(frame, connection);
            }
        }
    }

    private BusReader reader(NetSocket connection) {
        BusReader reader = BusReader.of(connection);
        reader.onEnd(() -> readers.remove(connection));
        return reader;
    }

    private void dropWhoIsTooFarBehind() {
        List<BusReader> slow =
                readers.values().stream().filter(BusReader::isTooFarBehind).toList();
        for (BusReader reader : slow) {
            LOG.log(
                    Level.WARNING,
                    socket.path() + ": " + reader + " has left " + (BusReader.MOST_UNREAD >> 20)
                            + " MiB unread and is disconnected");
            reader.drop();
        }
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
