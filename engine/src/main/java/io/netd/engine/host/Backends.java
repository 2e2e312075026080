package io.netd.engine.host;

import io.netd.firewall.Backend;
import io.netd.firewall.Framework;
import io.netd.linux.ns.NetworkNamespace;
import java.nio.file.Path;
import java.util.Optional;

/** How a firewall is reached in a network namespace. */
@FunctionalInterface
public interface Backends {
    /** Opens one whose sockets live in that namespace until it is closed. */
    Backend open(Framework framework, NetworkNamespace namespace);

    /** Where rules stand that name no framework. */
    default Framework usual() {
        return Framework.IPTABLES;
    }

    /** The file that whoever changes the usual rules closes afterwards; absent where nf_tables tells of each change. */
    default Optional<Path> lockFile() {
        return Optional.empty();
    }
}
