package io.netd.plugins.bridge;

import io.netd.address.MacAddress;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
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

/**
 * One ADD of the bridge plugin: checks first, then lease, bridge, veth pair, rules.
 *
 * @param mac the container's hardware address, if the caller wants a certain one
 */
record BridgePlan(AddRequest request, BridgeConfig config, Optional<Leasing> leasing, Optional<MacAddress> mac)
        implements AddPlan {
    @Override
    public CniResult apply(Host host, Traces traces) {
        requireFreeName();
        HostBridge bridge = new HostBridge(config, host, traces);
        bridge.find();
        AttachmentId owner = new AttachmentId(request.id(), request.ifName());
        CniResult leased =
                leasing.map(store -> store.allocate(host, traces, owner)).orElse(CniResult.EMPTY);
        Layout layout = Layout.of(config, leased.addresses(), leased.routes());
        Link link = bridge.ensure(layout.gateways());
        Wire wire = Wire.random(request, mac, config.mtu() == 0 ? link.mtu() : config.mtu());
        RulesTrace rules = new RulesTrace(BridgeRules.owner(owner), BridgeRules.of(config, layout));
        traces.leave(rules.rules().isEmpty() ? List.of(wire.trace()) : List.<Trace>of(wire.trace(), rules));
        Link plugged = wire.plug(host, link, config);
        new ContainerEnd(request.sandbox(), wire.containerName(), plugged.peerIndex(), layout).furnish();
        if (!rules.rules().isEmpty()) {
            rules.apply(host);
        }
        if (config.isGateway()) {
            Forwarding.ensure(host, traces, layout);
        }
        return result(link, wire, layout, leased);
    }

    private void requireFreeName() {
        String name = request.ifName().value();
        if (request.sandbox().route().links().byName(name).isPresent()) {
            throw new CniException(
                    ErrorCode.INVALID_ENVIRONMENT,
                    "CNI_IFNAME " + name + ": container veth name provided (" + name + ") already exists in "
                            + request.sandbox().path());
        }
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
