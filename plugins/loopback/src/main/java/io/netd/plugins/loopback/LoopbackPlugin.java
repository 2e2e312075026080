package io.netd.plugins.loopback;

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

/**
 * The {@code loopback} plugin: sets the container's {@code lo} up, whatever interface the caller names. DEL leaves it up:
 * the namespace goes with its container, and in between nothing is gained by a loopback that is down.
 */
public final class LoopbackPlugin implements Plugin {
    private static final String LOOPBACK = "lo";

    @Override
    public String type() {
        return "loopback";
    }

    @Override
    public AddPlan plan(AddRequest request) {
        return (host, traces) -> {
            Sandbox sandbox = request.sandbox();
            sandbox.route().links().setUp(loopback(sandbox).index());
            return request.config()
                    .prevResult()
                    .orElseGet(() -> NamespaceContent.only(LOOPBACK, sandbox.route(), Optional.of(sandbox.path())));
        };
    }

    @Override
    public void check(CheckRequest request, Host host) {
        if (!loopback(request.sandbox()).up()) {
            throw new CniException(ErrorCode.INTERNAL, "loopback interface is down");
        }
    }

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
