package io.netd.engine.host;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.LinuxException;
import io.netd.netlink.route.RouteSocket;
import io.netd.plugins.spi.Sandbox;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A container's namespace for one request: looked up when first used, on the worker. */
public final class OpenSandbox implements Sandbox, AutoCloseable {
    private final String path;
    private final Supplier<NetworkNamespace> opener;
    private final boolean ours;
    private Optional<NetworkNamespace> namespace = Optional.empty();
    private Optional<RouteSocket> route = Optional.empty();

    private OpenSandbox(String path, Supplier<NetworkNamespace> opener, boolean ours) {
        this.path = path;
        this.opener = opener;
        this.ours = ours;
    }

    /** One to be found by its path on our own host. */
    static OpenSandbox at(String path) {
        return new OpenSandbox(path, () -> open(path), true);
    }

    /** One that the caller has opened already, if it could. */
    static OpenSandbox handedOver(String path, Optional<NetworkNamespace> namespace) {
        return new OpenSandbox(path, () -> namespace.orElseThrow(() -> gone(path)), false);
    }

    @Override
    public String path() {
        return path;
    }

    /**
     * The open namespace.
     *
     * @throws CniException code 8 when the path leads to none
     */
    @Override
    public NetworkNamespace namespace() {
        if (namespace.isEmpty()) {
            namespace = Optional.of(opener.get());
        }
        return namespace.get();
    }

    /** Whether the namespace can be opened. */
    public boolean isThere() {
        try {
            namespace();
            return true;
        } catch (CniException e) {
            return false;
        }
    }

    @Override
    public RouteSocket route() {
        if (route.isEmpty()) {
            route = Optional.of(RouteSocket.openIn(namespace()));
        }
        return route.get();
    }

    @Override
    public void close() {
        route.ifPresent(RouteSocket::close);
        if (ours) {
            namespace.ifPresent(NetworkNamespace::close);
        }
        route = Optional.empty();
        namespace = Optional.empty();
    }

    private static NetworkNamespace open(String path) {
        try {
            return NetworkNamespace.open(Path.of(path));
        } catch (LinuxException e) {
            throw gone(path, e.errno().text());
        }
    }

    private static CniException gone(String path) {
        return gone(path, "no such network namespace");
    }

    private static CniException gone(String path, String why) {
        return new CniException(ErrorCode.INVALID_NAMESPACE, "failed to open netns \"" + path + "\": " + why);
    }
}
