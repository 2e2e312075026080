package io.netd.plugins.bridge;

import io.netd.address.MacAddress;
import io.netd.cni.CniDns;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.firewall.Rule;
import io.netd.netlink.route.InterfaceSetup;
import io.netd.netlink.route.Link;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.lease.AddressPlan;
import io.netd.plugins.spi.lease.Offer;
import io.netd.plugins.spi.pair.Addressing;
import io.netd.plugins.spi.pair.ContainerEnd;
import io.netd.plugins.spi.pair.Forwarding;
import io.netd.plugins.spi.pair.VethPair;
import io.netd.plugins.spi.trace.RulesTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One ADD of the bridge plugin: bridge, lease, veth pair, rules.
 *
 * @param mac the container's hardware address, if the caller wants a certain one
 */
record BridgePlan(AddRequest request, BridgeConfig config, Optional<AddressPlan> addresses, Optional<MacAddress> mac)
        implements AddPlan {
    @Override
    public CniResult apply(Host host, Traces traces) {
        SharedLinks shared = SharedLinks.enter(config, host, traces);
        try {
            CniResult result = attach(host, traces, shared);
            shared.completed();
            return result;
        } catch (RuntimeException | Error e) {
            shared.failed(e);
            throw e;
        }
    }

    private CniResult attach(Host host, Traces traces, SharedLinks shared) {
        HostBridge bridge = new HostBridge(config, host, shared);
        HostLinks links = bridge.ensure();
        VethPair wire =
                VethPair.random(request, mac, config.mtu() == 0 ? links.bridge().mtu() : config.mtu());
        if (needsInterface()) {
            traces.leave(pair(wire));
            plug(host, links, wire);
            bridge.bear(links, List.of());
            new ContainerEnd(request.sandbox(), wire.containerName()).lift();
        }
        Choice choice = choose(host, traces, offer -> leave(traces, links, wire, offer));
        Layout layout = choice.layout();
        bridge.bear(links, layout.gateways());
        if (!needsInterface()) {
            plug(host, links, wire);
            // Another ADD that failed took away what it had put there, unless it saw this port already.
            bridge.bear(links, layout.gateways());
        }
        if (!config.inside().isDisabled()) {
            new ContainerEnd(request.sandbox(), wire.containerName()).furnish(index -> setup(layout, index));
        }
        choice.rules().ifPresent(rules -> rules.apply(host));
        if (config.isGateway()) {
            Forwarding.ensure(host, layout.addressing());
        }
        return choice.result();
    }

    /** What the addresses mean for everything else. */
    private record Choice(Layout layout, Optional<RulesTrace> rules, CniResult result) {}

    private boolean needsInterface() {
        return addresses.map(AddressPlan::needsInterface).orElse(false);
    }

    private InterfaceSetup setup(Layout layout, int index) {
        Addressing addressing = layout.addressing();
        return new InterfaceSetup(
                index,
                addressing.prefixes(),
                addressing.routesOver(index),
                config.inside().addressFlags());
    }

    /** The rules come first, so that they go last. */
    private List<Trace> pair(VethPair wire) {
        List<Trace> traces = new ArrayList<>();
        sourceCheck(wire).ifPresent(traces::add);
        traces.add(wire.trace());
        return traces;
    }

    /** The container's end is down until its frames are checked. */
    private void plug(Host host, HostLinks links, VethPair wire) {
        new BridgePort(links.bridge(), config.port(), host).plug(wire);
        sourceCheck(wire).ifPresent(check -> check.apply(host));
    }

    private Optional<SourceCheckTrace> sourceCheck(VethPair wire) {
        return config.port().checksSource()
                ? Optional.of(SourceCheckTrace.of(request.attachment(), wire.hostName(), wire.containerMac()))
                : Optional.empty();
    }

    private Choice choose(Host host, Traces traces, Function<Offer, Choice> taker) {
        return addresses.isPresent()
                ? addresses.get().take(host, traces, offer -> taker.apply(offer.requireAddresses()))
                : taker.apply(Offer.NOTHING);
    }

    /** Everything that is this attachment's own is left at once: each leaving costs a write. */
    private Choice leave(Traces traces, HostLinks links, VethPair wire, Offer offer) {
        CniResult offered = offer.result();
        Layout layout = Layout.of(config, offered.addresses(), offered.routes());
        CniDns dns = config.dns().orElse(offered.dns());
        Choice choice = new Choice(layout, rules(layout), result(links, wire, layout, dns));
        List<Trace> all = new ArrayList<>(offer.traces());
        if (!needsInterface()) {
            all.addAll(pair(wire));
        }
        choice.rules().ifPresent(all::add);
        traces.leave(all, choice.result());
        return choice;
    }

    private Optional<RulesTrace> rules(Layout layout) {
        List<Rule> rules = BridgeRules.of(config, layout);
        return rules.isEmpty()
                ? Optional.empty()
                : Optional.of(new RulesTrace(BridgeRules.owner(request.attachment()), rules));
    }

    private CniResult result(HostLinks links, VethPair wire, Layout layout, CniDns dns) {
        List<CniInterface> interfaces = new ArrayList<>();
        interfaces.add(ofHost(links.bridge()));
        interfaces.add(wire.hostEnd());
        interfaces.add(wire.containerEnd());
        if (links.isGatewayApart()) {
            interfaces.add(ofHost(links.gateway()));
        }
        return new CniResult(interfaces, layout.addresses(), layout.routes(), dns);
    }

    private static CniInterface ofHost(Link link) {
        return CniInterface.ofHost(link.name(), link.mac().orElseThrow(), link.mtu());
    }
}
