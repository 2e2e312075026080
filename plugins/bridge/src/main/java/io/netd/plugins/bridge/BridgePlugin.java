package io.netd.plugins.bridge;

import io.netd.address.MacAddress;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniArgs;
import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.lease.Leasing;
import io.netd.plugins.spi.trace.RulesTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code bridge} plugin: a veth pair between the container and a bridge of the host, addresses, routes, rules. */
public final class BridgePlugin implements Plugin {
    @Override
    public String type() {
        return "bridge";
    }

    @Override
    public AddPlan plan(AddRequest request) {
        BridgeConfig config = BridgeConfig.read(request.config());
        Optional<Leasing> leasing = config.ipam().map(ipam -> Leasing.of(request.config(), request.args()));
        if (leasing.isEmpty()) {
            CniResult.EMPTY.requireConvertible(request.config().version());
        }
        return new BridgePlan(request, config, leasing, mac(request));
    }

    @Override
    public void read(NetworkConfig config) {
        if (BridgeConfig.read(config).ipam().isPresent()) {
            Leasing.of(config, CniArgs.parse(""));
        }
    }

    @Override
    public void check(CheckRequest request, Host host) {
        BridgeConfig config = BridgeConfig.read(request.config());
        AttachmentId owner = new AttachmentId(request.id(), request.ifName());
        new BridgeCheck(config, request, host).run();
        if (config.ipam().isPresent()) {
            Leasing.of(request.config(), request.args()).check(host, owner);
        }
    }

    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        AttachmentId owner = new AttachmentId(request.id(), request.ifName());
        List<Trace> traces = new ArrayList<>();
        if (request.config().settings().has("ipam")) {
            traces.add(Leasing.trace(request.config(), owner));
        }
        traces.addAll(Wire.find(request.sandbox(), host, owner));
        traces.add(new RulesTrace(BridgeRules.owner(owner), List.of()));
        return traces;
    }

    @Override
    public void collect(NetworkConfig config, Host host) {
        if (config.settings().has("ipam")) {
            Leasing.collect(config, host);
        }
    }

    private static Optional<MacAddress> mac(AddRequest request) {
        return request.config()
                .runtimeConfig()
                .mac()
                .or(() -> request.config().args().mac())
                .or(() -> request.args().mac());
    }
}
