package io.netd.linux.ns;

import java.nio.file.Path;

/**
 * Which network namespace each thread is in. A thread begins in the process's own, and only {@link NetworkNamespace}
 * moves it; threads that it spoils otherwise end at once.
 */
final class Whereabouts {
    private static final NetworkNamespace HOME = NetworkNamespace.open(Path.of("/proc/self/ns/net"));
    private static final ThreadLocal<NetworkNamespace> CURRENT = ThreadLocal.withInitial(() -> HOME);

    private Whereabouts() {}

    static NetworkNamespace ofThisThread() {
        return CURRENT.get();
    }

    static void set(NetworkNamespace namespace) {
        CURRENT.set(namespace);
    }
}
