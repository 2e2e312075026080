package io.netd.plugins.spi;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.route.RouteSocket;
import java.util.function.Supplier;

/** A container's network namespace, opened for one request. */
public interface Sandbox {
    /** CNI_NETNS as the caller wrote it; goes into results. */
    String path();

    /** The open namespace. */
    NetworkNamespace namespace();

    /** A socket inside the namespace, opened when first asked for and closed with the request. */
    RouteSocket route();

    /** Runs the body inside the namespace, for what is no socket's business, such as sysctls. */
    default <T> T call(Supplier<T> body) {
        return namespace().call(body);
    }
}
