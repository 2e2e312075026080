package io.netd.engine.attach;

import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.engine.host.OpenSandbox;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Namespaces;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Sandbox;
import java.util.Optional;

/** Makes plugins' requests of orders. */
final class Requests {
    private Requests() {}

    static AddRequest add(Order order, NetworkConfig config, Sandbox sandbox) {
        return new AddRequest(
                config, order.id().containerId(), order.id().ifName(), sandbox, order.args(), order.path());
    }

    static CheckRequest check(Order order, NetworkConfig config, Sandbox sandbox) {
        CniResult expected = config.prevResult()
                .orElseThrow(() ->
                        new CniException(ErrorCode.INVALID_CONFIG, config.type() + ": required prevResult is missing"));
        return new CheckRequest(
                config, expected, order.id().containerId(), order.id().ifName(), sandbox, order.args(), order.path());
    }

    static DelRequest del(Order order, NetworkConfig config, Optional<OpenSandbox> sandbox) {
        Optional<Sandbox> there = sandbox.filter(OpenSandbox::isThere).map(Sandbox.class::cast);
        return new DelRequest(config, order.id().containerId(), order.id().ifName(), there, order.args(), order.path());
    }

    /**
     * Refuses a container's namespace that is the host's where the plugin needs one apart, and the
     * other way round, before anything is done.
     *
     * @throws CniException code 8
     */
    static void requireFitting(Plugin plugin, Host host, Sandbox sandbox) {
        boolean isShared = sandbox.namespace().id().equals(host.namespace().id());
        if (plugin.namespaces() == Namespaces.APART && isShared) {
            throw new CniException(
                    ErrorCode.INVALID_NAMESPACE,
                    "plugin's netns and netns from CNI_NETNS should not be the same: " + sandbox.path());
        }
        if (plugin.namespaces() == Namespaces.SHARED && !isShared) {
            throw new CniException(
                    ErrorCode.INVALID_NAMESPACE,
                    "network namespace " + sandbox.path() + " is not the host's: " + plugin.type()
                            + " mode shares the host's namespace");
        }
    }
}
