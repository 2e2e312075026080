package io.netd.plugins.host;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.NamespaceContent;
import io.netd.plugins.spi.Namespaces;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Sandbox;
import io.netd.plugins.spi.Trace;
import java.util.List;
import java.util.Optional;

/** The {@code host} plugin: makes sure that the container runs in the host's namespace, reports that, touches nothing. */
public final class HostPlugin implements Plugin {
    @Override
    public String type() {
        return "host";
    }

    @Override
    public Namespaces namespaces() {
        return Namespaces.SHARED;
    }

    @Override
    public AddPlan plan(AddRequest request) {
        return (host, traces) -> {
            requireShared(request.sandbox(), host);
            return NamespaceContent.all(host.route(), Optional.empty());
        };
    }

    @Override
    public void check(CheckRequest request, Host host) {
        requireShared(request.sandbox(), host);
    }

    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        return List.of();
    }

    private static void requireShared(Sandbox sandbox, Host host) {
        if (!sandbox.namespace().id().equals(host.namespace().id())) {
            throw new CniException(
                    ErrorCode.INVALID_NAMESPACE,
                    "network namespace " + sandbox.path()
                            + " is not the host's: host mode shares the host's namespace");
        }
    }
}
