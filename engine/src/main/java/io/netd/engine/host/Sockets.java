package io.netd.engine.host;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.conntrack.Conntrack;
import io.netd.netlink.route.RouteSocket;
import java.util.Optional;

/** A request's sockets, opened when first asked for. */
final class Sockets implements AutoCloseable {
    private final NetworkNamespace namespace;
    private final Optional<SocketPool> pool;
    private Optional<RouteSocket> route = Optional.empty();
    private Optional<Conntrack> conntrack = Optional.empty();

    /** Sockets borrowed from a pool of our own host's. */
    Sockets(NetworkNamespace namespace, SocketPool pool) {
        this.namespace = namespace;
        this.pool = Optional.of(pool);
    }

    /** Sockets in a namespace of somebody else's, for one request only. */
    Sockets(NetworkNamespace namespace) {
        this.namespace = namespace;
        this.pool = Optional.empty();
    }

    RouteSocket route() {
        if (route.isEmpty()) {
            route = Optional.of(pool.map(SocketPool::borrow).orElseGet(() -> RouteSocket.openIn(namespace)));
        }
        return route.get();
    }

    Conntrack conntrack() {
        if (conntrack.isEmpty()) {
            conntrack = Optional.of(Conntrack.openIn(namespace));
        }
        return conntrack.get();
    }

    @Override
    public void close() {
        conntrack.ifPresent(Conntrack::close);
        conntrack = Optional.empty();
        route.ifPresent(socket -> pool.ifPresentOrElse(home -> home.giveBack(socket), socket::close));
        route = Optional.empty();
    }
}
