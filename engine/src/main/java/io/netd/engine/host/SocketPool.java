package io.netd.engine.host;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.route.RouteSocket;
import java.util.ArrayDeque;
import java.util.Deque;

/** Route sockets of our own host that wait for their next request; no more than requests that ran at one time. */
final class SocketPool implements AutoCloseable {
    private final Deque<RouteSocket> idle = new ArrayDeque<>();
    private final NetworkNamespace namespace;
    private boolean closed;

    SocketPool(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    RouteSocket borrow() {
        synchronized (this) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return RouteSocket.openIn(namespace);
    }

    synchronized void giveBack(RouteSocket socket) {
        if (closed) {
            socket.close();
        } else {
            idle.push(socket);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(RouteSocket::close);
        idle.clear();
    }
}
