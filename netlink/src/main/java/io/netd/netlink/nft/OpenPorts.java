package io.netd.netlink.nft;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The netlink ports of this process's open sockets to nf_tables. The kernel names the author of a change by it, and by
 * the PID only as the initial namespace counts, which a process in another one does not know of itself.
 */
final class OpenPorts {
    private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();
    private static final Set<Integer> KEPT = ConcurrentHashMap.newKeySet();

    private OpenPorts() {}

    static void add(int port) {
        PORTS.add(port);
    }

    /** One of a socket that is kept: hardly anybody else will ever be given its port. */
    static void keep(int port) {
        KEPT.add(port);
    }

    static void remove(int port) {
        PORTS.remove(port);
        KEPT.remove(port);
    }

    static boolean has(int port) {
        return PORTS.contains(port);
    }

    static Set<Integer> kept() {
        return Set.copyOf(KEPT);
    }
}
