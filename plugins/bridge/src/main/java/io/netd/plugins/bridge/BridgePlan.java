package io.netd.plugins.bridge;

import io.netd.address.MacAddress;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.firewall.Rule;
import io.netd.netlink.route.Link;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.lease.Leasing;
import io.netd.plugins.spi.trace.RulesTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One ADD of the bridge plugin: bridge, lease, veth pair, rules.
 *
 * @param mac the container's hardware address, if the caller wants a certain one
 */
record BridgePlan(AddRequest request, BridgeConfig config, Optional<Leasing> leasing, Optional<MacAddress> mac)
        implements AddPlan {
    @Override
    public CniResult apply(Host host, Traces traces) {
        HostBridge bridge = new HostBridge(config, host, traces);
        Link link = bridge.ensure();
        Wire wire = Wire.random(request, mac, config.mtu() == 0 ? link.mtu() : config.mtu());
        CniResult leased = lease(host, chosen -> traces.leave(traces(wire, layout(chosen))));
        Layout layout = layout(leased);
        bridge.bear(link, layout.gateways());
        Link plugged = wire.plug(host, link, config);
        new ContainerEnd(request.sandbox(), wire.containerName(), plugged.peerIndex(), layout).furnish();
        rules(layout).ifPresent(rules -> rules.apply(host));
        if (config.isGateway()) {
            Forwarding.ensure(host, layout);
        }
        return result(link, wire, layout, leased);
    }

    private CniResult lease(Host host, Consumer<CniResult> beforeWriting) {
        if (leasing.isPresent()) {
            return leasing.get().allocate(host, request.attachment(), beforeWriting);
        }
        beforeWriting.accept(CniResult.EMPTY);
        return CniResult.EMPTY;
    }

    private Layout layout(CniResult leased) {
        return Layout.of(config, leased.addresses(), leased.routes());
    }

    /** Everything that is this attachment's own, left at once: each leaving costs a write. */
    private List<Trace> traces(Wire wire, Layout layout) {
        List<Trace> traces = new ArrayList<>();
        leasing.ifPresent(store -> traces.add(store.trace(request.attachment())));
        traces.add(wire.trace());
        rules(layout).ifPresent(traces::add);
        return traces;
    }

    private Optional<RulesTrace> rules(Layout layout) {
        List<Rule> rules = BridgeRules.of(config, layout);
        return rules.isEmpty()
                ? Optional.empty()
                : Optional.of(new RulesTrace(BridgeRules.owner(request.attachment()), rules));
    }

    private CniResult result(Link bridge, Wire wire, Layout layout, CniResult leased) {
        List<CniInterface> interfaces = new ArrayList<>();
        interfaces.add(CniInterface.ofHost(bridge.name(), bridge.mac().orElseThrow(), bridge.mtu()));
        interfaces.add(CniInterface.ofHost(wire.hostName(), wire.hostMac(), wire.mtu()));
        interfaces.add(CniInterface.ofContainer(
                request.ifName().value(),
                wire.containerMac(),
                wire.mtu(),
                request.sandbox().path()));
        return new CniResult(
                interfaces, layout.addresses(), layout.routes(), config.dns().orElse(leased.dns()));
    }
}
