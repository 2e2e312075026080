package io.netd.engine.host;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.conntrack.Conntrack;
import io.netd.netlink.route.RouteSocket;
import java.util.Optional;

/** A request's sockets, opened when first asked for. */
final class Sockets implements AutoCloseable {
    private final NetworkNamespace namespace;
    private Optional<RouteSocket> route = Optional.empty();
    private Optional<Conntrack> conntrack = Optional.empty();

    Sockets(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    RouteSocket route() {
        if (route.isEmpty()) {
            route = Optional.of(RouteSocket.openIn(namespace));
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
        route.ifPresent(RouteSocket::close);
    }
}
