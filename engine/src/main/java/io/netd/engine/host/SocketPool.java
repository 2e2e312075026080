package io.netd.engine.host;

import io.netd.linux.ns.NetworkNamespace;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sockets of our own host that wait for their next request; no more than requests that ran at one time. A netfilter socket
 * is kept for another reason, too: closing one waits until the kernel has done away with all rules deleted before.
 */
final class SocketPool implements AutoCloseable {
    private final Deque<Sockets> idle = new ArrayDeque<>();
    private final NetworkNamespace namespace;
    private boolean closed;

    SocketPool(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    Sockets borrow() {
        synchronized (this) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return new Sockets(namespace);
    }

    synchronized void giveBack(Sockets sockets) {
        if (closed) {
            sockets.close();
        } else {
            idle.push(sockets);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(Sockets::close);
        idle.clear();
    }
}
