package io.netd.plugins.spi.testing;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.route.RouteSocket;
import io.netd.plugins.spi.Sandbox;

/**
 * A namespace that a test made.
 *
 * @param path where it is pinned
 */
public record TestSandbox(String path, NetworkNamespace namespace, RouteSocket route)
        implements Sandbox, AutoCloseable {
    /** Opens it; closing does not remove it. */
    public static TestSandbox of(String path, NetworkNamespace namespace) {
        return new TestSandbox(path, namespace, RouteSocket.openIn(namespace));
    }

    @Override
    public void close() {
        route.close();
    }
}
