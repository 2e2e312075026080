package io.netd.engine.host;

import io.netd.firewall.Backend;
import io.netd.firewall.Framework;
import io.netd.firewall.Ledger;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.plugins.spi.BridgeUsers;
import io.netd.portmap.PortTable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What is remembered of a host from one request to the next. */
final class HostState {
    private final ThreadLocal<NetworkNamespace> current = new ThreadLocal<>();
    private final Ledger ledger;
    private final PortTable table = new PortTable();
    private final NamedLocks locks = new NamedLocks();
    private final BridgeUsers bridgeUsers = new BridgeUsers();
    private final LinkBatches batches = new LinkBatches();
    private int users;

    /**
     * @param own the namespace if it is our own, in which sockets may stay open
     */
    HostState(Backends backends, Optional<NetworkNamespace> own) {
        Map<Framework, Backend> all = new EnumMap<>(Framework.class);
        for (Framework framework : Framework.values()) {
            all.put(
                    framework,
                    own.map(namespace -> backends.open(framework, namespace))
                            .orElseGet(() -> passing(backends, framework)));
        }
        this.ledger = Ledger.of(backends.usual(), all);
    }

    private Backend passing(Backends backends, Framework framework) {
        return new PassingBackend(
                () -> Optional.ofNullable(current.get()), namespace -> backends.open(framework, namespace));
    }

    /** Its desired rules. */
    Ledger ledger() {
        return ledger;
    }

    /** Its reserved ports. */
    PortTable table() {
        return table;
    }

    /** What its requests do one at a time. */
    NamedLocks locks() {
        return locks;
    }

    /** ADDs under way. */
    BridgeUsers bridgeUsers() {
        return bridgeUsers;
    }

    /** Deletes under way. */
    LinkBatches batches() {
        return batches;
    }

    /** This thread begins to work for a request of this host. */
    void enter(NetworkNamespace namespace) {
        current.set(namespace);
    }

    /** This thread's request is over. */
    void leave() {
        current.remove();
    }

    /** Counts requests in and out; the number that is left. Guarded by {@link Hosts}. */
    int count(int change) {
        users += change;
        return users;
    }
}
