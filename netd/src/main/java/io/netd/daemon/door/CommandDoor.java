package io.netd.daemon.door;

import io.netd.daemon.config.ListenAddress;
import io.netd.daemon.frame.Call;
import io.netd.daemon.frame.Preface;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Listens for clients on every address and hands their calls on: plugin calls to the engine, command lines to threads
 * of their own, HTTP to the {@link HttpDoor}.
 */
public final class CommandDoor extends VerticleBase {
    /** By then a client must have said what it wants. */
    private static final long CALL_MILLIS = 10_000;

    /** So long may a plugin call that runs when the daemon stops take to its end. */
    private static final long STOP_SECONDS = 10;

    private final List<ListenAddress> addresses;
    private final String group;
    private final PluginCalls plugins;
    private final NetctlCalls commands;
    private final HttpDoor http;
    private final List<NetServer> servers = new ArrayList<>();
    private final ExecutorService commandThreads = CommandThreads.open();
    private final Set<Connection> connections = new HashSet<>();
    private long lastId;

    /**
     * A door that opens when it is deployed.
     *
     * @param group who besides root may use unix sockets, when there is such a group
     */
    public CommandDoor(
            List<ListenAddress> addresses, String group, PluginCalls plugins, NetctlCalls commands, HttpDoor http) {
        this.addresses = List.copyOf(addresses);
        this.group = group;
        this.plugins = plugins;
        this.commands = commands;
        this.http = http;
    }

    @Override
    public Future<?> start() {
        List<Future<NetServer>> listening = new ArrayList<>();
        for (ListenAddress address : addresses) {
            listening.add(Listener.open(vertx, address, group, this::accept).onSuccess(servers::add));
        }
        return Future.all(listening);
    }

    /** Takes no more calls; those that run may finish. */
    @Override
    public Future<?> stop() {
        commandThreads.shutdown();
        List.copyOf(connections).forEach(Connection::onStop);
        return Future.join(servers.stream()
                .map(server -> server.shutdown(STOP_SECONDS, TimeUnit.SECONDS))
                .toList());
    }

    private void accept(NetSocket socket) {
        socket.handler(first -> sniff(socket, first));
        socket.exceptionHandler(failure -> socket.close());
    }

    private void sniff(NetSocket socket, Buffer first) {
        if (first.getByte(0) != Preface.FIRST_BYTE) {
            http.take(socket, first);
            return;
        }
        Client client = new Client(++lastId, socket, Peer.pid(socket));
        Connection connection = new Connection(client, socket, this::start);
        long timer = vertx.setTimer(CALL_MILLIS, id -> {
            if (!connection.hasCalled()) {
                client.close();
            }
        });
        socket.closeHandler(nothing -> {
            vertx.cancelTimer(timer);
            connections.remove(connection);
            connection.onGone();
        });
        connections.add(connection);
        socket.handler(connection::on);
        connection.on(first);
    }

    private Conversation start(Client client, Call call) {
        if (!call.isNetctl()) {
            return new PluginConversation(client, call, plugins);
        }
        NetctlConversation conversation = new NetctlConversation(client, call);
        conversation.start(call, commands, commandThreads);
        return conversation;
    }
}
