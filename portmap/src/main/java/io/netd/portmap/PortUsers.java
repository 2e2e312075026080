package io.netd.portmap;

import io.netd.linux.ns.NetworkNamespace;
import java.util.Optional;

/** Tells which process uses a port, for the sentence that refuses it. */
interface PortUsers {
    /** The process by command and pid; empty when it cannot be found out. */
    Optional<String> of(PortMapping mapping);

    /** Processes of this thread's namespace. */
    static PortUsers here() {
        return mapping -> Optional.empty();
    }

    /** Processes of another namespace. */
    static PortUsers in(NetworkNamespace host) {
        return mapping -> Optional.empty();
    }
}
