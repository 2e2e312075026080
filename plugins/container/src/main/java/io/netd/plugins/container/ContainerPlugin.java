package io.netd.plugins.container;

import io.netd.cni.CniException;
import io.netd.cni.ContainerId;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
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

/**
 * The {@code container} plugin: makes sure that the container shares the namespace of the one that the configuration names
 * under {@code container}, and reports what is in there. Touches nothing; the runtime does the joining.
 */
public final class ContainerPlugin implements Plugin {
    private static final String TARGET = "container";

    @Override
    public String type() {
        return "container";
    }

    @Override
    public Namespaces namespaces() {
        return Namespaces.EITHER;
    }

    @Override
    public AddPlan plan(AddRequest request) {
        String target = target(request.config());
        return (host, traces) -> {
            requireJoined(target, request.id(), request.sandbox(), host);
            return NamespaceContent.all(
                    request.sandbox().route(), Optional.of(request.sandbox().path()));
        };
    }

    @Override
    public void read(NetworkConfig config) {
        target(config);
    }

    @Override
    public void check(CheckRequest request, Host host) {
        requireJoined(target(request.config()), request.id(), request.sandbox(), host);
    }

    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        return List.of();
    }

    private static String target(NetworkConfig config) {
        return config.settings()
                .text(TARGET)
                .orElseThrow(() -> new CniException(
                        ErrorCode.INVALID_CONFIG,
                        "invalid network mode: invalid container format container:<name|id>"));
    }

    private static void requireJoined(String target, ContainerId self, Sandbox sandbox, Host host) {
        new Joining(target, self).require(sandbox, host.containers());
    }
}
