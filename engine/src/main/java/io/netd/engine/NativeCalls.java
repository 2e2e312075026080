package io.netd.engine;

import io.netd.linux.sys.Libc;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.Netlink;

/** The native calls that every attachment needs. Binding them takes a new process as long as reading a configuration does. */
public final class NativeCalls {
    private NativeCalls() {}

    /** Binds them on a thread of its own and returns at once. Whoever calls one meanwhile waits until it is bound. */
    public static void bindAhead() {
        Thread thread = new Thread(NativeCalls::bind, "netd-native-calls");
        thread.setDaemon(true);
        // What fails here fails again, and is told, where the call is needed.
        thread.setUncaughtExceptionHandler((failed, failure) -> {});
        thread.start();
    }

    private static void bind() {
        Libc.files();
        Libc.namespaces();
        Libc.sockets();
        NetlinkSocket.open(Netlink.NETLINK_ROUTE).close();
    }
}
