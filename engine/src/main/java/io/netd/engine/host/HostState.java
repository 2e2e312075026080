package io.netd.engine.host;

import io.netd.firewall.Backend;
import io.netd.firewall.Ledger;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.portmap.PortTable;

/** What is remembered of a host from one request to the next. */
final class HostState {
    private final Backend backend;
    private final Ledger ledger;
    private final PortTable table = new PortTable();
    private final NamedLocks locks = new NamedLocks();
    private final LinkBatches batches = new LinkBatches();
    private int users;

    HostState(Backend backend) {
        this.backend = backend;
        this.ledger = Ledger.of(backend);
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

    /** Deletes under way. */
    LinkBatches batches() {
        return batches;
    }

    /** This thread begins to work for a request of this host. */
    void enter(NetworkNamespace namespace) {
        if (backend instanceof PassingBackend passing) {
            passing.enter(namespace);
        }
    }

    /** This thread's request is over. */
    void leave() {
        if (backend instanceof PassingBackend passing) {
            passing.leave();
        }
    }

    /** Counts requests in and out; the number that is left. Guarded by {@link Hosts}. */
    int count(int change) {
        users += change;
        return users;
    }
}
