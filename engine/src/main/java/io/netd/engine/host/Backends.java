package io.netd.engine.host;

import io.netd.firewall.Backend;
import io.netd.firewall.Framework;
import io.netd.linux.ns.NetworkNamespace;

/** How a firewall is reached in a network namespace. */
@FunctionalInterface
public interface Backends {
    /** Opens one whose sockets live in that namespace until it is closed. */
    Backend open(Framework framework, NetworkNamespace namespace);

    /** Where rules stand that name no framework. */
    default Framework usual() {
        return Framework.IPTABLES;
    }
}
