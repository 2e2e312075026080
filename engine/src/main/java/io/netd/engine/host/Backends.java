package io.netd.engine.host;

import io.netd.firewall.Backend;
import io.netd.linux.ns.NetworkNamespace;

/** How a firewall is reached in a network namespace. */
@FunctionalInterface
public interface Backends {
    /** Opens one whose sockets live in that namespace until it is closed. */
    Backend open(NetworkNamespace namespace);
}
