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
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * Listens for clients on every address and hands their calls on: plugin calls to the engine, command lines to threads
 * of their own, HTTP to the {@link HttpDoor}.
 */
public final class CommandDoor extends VerticleBase {
    /** By then a client must have said what it wants. */
    private static final long CALL_MILLIS = 10_000;

    private final List<ListenAddress> addresses;
    private final String group;
    private final PluginCalls plugins;
    private final NetctlCalls commands;
    private final HttpDoor http;
    private final List<NetServer> servers = new ArrayList<>();
    private final ExecutorService commandThreads = CommandThreads.open();
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
        return Future.join(servers.stream().map(NetServer::close).toList());
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
            connection.onGone();
        });
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
