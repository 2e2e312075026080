package io.netd.plugins.none;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.netlink.route.Link;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.NamespaceContent;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Sandbox;
import io.netd.plugins.spi.Trace;
import java.util.List;
import java.util.Optional;

/** The {@code none} plugin: the container's loopback is up, and there is nothing else. */
public final class NonePlugin implements Plugin {
    private static final String LOOPBACK = "lo";

    @Override
    public String type() {
        return "none";
    }

    @Override
    public AddPlan plan(AddRequest request) {
        return (host, traces) -> {
            Sandbox sandbox = request.sandbox();
            sandbox.route().links().setUp(loopback(sandbox).index());
            return NamespaceContent.only(LOOPBACK, sandbox.route(), Optional.of(sandbox.path()));
        };
    }

    @Override
    public void check(CheckRequest request, Host host) {
        if (!loopback(request.sandbox()).up()) {
            throw new CniException(
                    ErrorCode.INTERNAL, "lo is down in " + request.sandbox().path());
        }
    }

    /** The namespace dies with its container, and lo with it. */
    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        return List.of();
    }

    private static Link loopback(Sandbox sandbox) {
        return sandbox.route()
                .links()
                .byName(LOOPBACK)
                .orElseThrow(() -> new CniException(ErrorCode.INTERNAL, "no lo in " + sandbox.path()));
    }
}
