package io.netd.plugins.portmap;

import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.firewall.Rule;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.FrameworkSetting;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.port.PortPublisher;
import io.netd.plugins.spi.port.PortTarget;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.portmap.Grip;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortRequest;
import io.netd.portmap.Publishing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** The {@code portmap} plugin: publishes the ports that the runtime asks for, of whatever address the chain gave. */
public final class PortmapPlugin implements Plugin, PortPublisher {
    private static final Logger LOG = System.getLogger(PortmapPlugin.class.getName());

    @Override
    public String type() {
        return "portmap";
    }

    @Override
    public AddPlan plan(AddRequest request) {
        CniResult previous = request.config().requirePrevResult();
        PortmapConfig config = PortmapConfig.read(request.config());
        if (config.mappings().isEmpty()) {
            return (host, traces) -> previous;
        }
        Chained chained = Chained.of(previous, request.ifName().value(), config.routed());
        Subject subject = Subject.of(request.id(), request.ifName(), request.args());
        return (host, traces) -> {
            // Podman binds the ports of its containers itself after ADD, so that only netd's own networks hold them.
            Grip grip = config.publishing().protect() ? Grip.HELD : Grip.BOOKED;
            warnOfLost(chained, config.mappings(), grip, subject.label());
            new Publisher(host, new LeftTraces(traces), subject, chained, previous)
                    .publish(config.mappings(), config.publishing(), grip);
            return previous;
        };
    }

    private static void warnOfLost(Chained chained, List<PortRequest> wanted, Grip grip, String label) {
        chained.leadingNowhere(wanted, grip, label).forEach(line -> LOG.log(Level.WARNING, line));
    }

    @Override
    public void publish(PortTarget target, List<PortRequest> wanted, Publishing how, Host host, Traces traces) {
        requireLink(target);
        Chained chained = chained(target);
        if (chained.settle(wanted, Grip.HELD).isEmpty()
                && chained.opened(wanted).isEmpty()) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIG,
                    target.label() + " has no address that port " + wanted.get(0) + " could lead to");
        }
        warnOfLost(chained, wanted, Grip.HELD, target.label());
        new Publisher(host, new LeftTraces(traces), Subject.later(target), chained, target.result())
                .publish(wanted, how, Grip.HELD);
    }

    /** A container in mode none or container has none of its own. */
    private static void requireLink(PortTarget target) {
        if (target.result().interfaces().stream()
                .allMatch(link -> link.sandbox().isPresent())) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIG,
                    target.label() + " has no link of its own to this host that ports could lead to it by");
        }
    }

    private static Chained chained(PortTarget target) {
        return Chained.of(target.result(), target.id().ifName().value(), target.routed(), target.shared());
    }

    @Override
    public List<Trace> withdraw(
            PortTarget target, List<Trace> traces, PortsTrace from, List<PortMapping> gone, Host host) {
        return new Withdrawal(host, chained(target), from).of(gone, traces);
    }

    @Override
    public void read(NetworkConfig config) {
        PortmapConfig.read(config);
    }

    @Override
    public void check(CheckRequest request, Host host) {
        PortmapConfig config = PortmapConfig.read(request.config());
        if (config.mappings().isEmpty()) {
            return;
        }
        Chained chained = Chained.of(request.expected(), request.ifName().value(), config.routed());
        if (chained.settle(config.mappings(), Grip.BOOKED).isEmpty()) {
            return;
        }
        Subject subject = Subject.of(request.id(), request.ifName(), request.args());
        List<Rule> rules = host.firewall().rules(subject.rules());
        if (rules.isEmpty()) {
            throw new CniException(ErrorCode.INTERNAL, "no rules for the published ports of " + subject.label());
        }
        List<Rule> missing = host.firewall().missing(rules);
        if (!missing.isEmpty()) {
            throw new CniException(
                    ErrorCode.INTERNAL,
                    "rules for the published ports of " + subject.label() + " are missing: " + missing);
        }
    }

    @Override
    public void status(NetworkConfig config, Host host) {
        host.firewall().requireReachable(FrameworkSetting.read(config.settings(), "backend"));
    }

    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        Subject subject = Subject.of(request.id(), request.ifName(), request.args());
        return List.of(
                new PortsTrace(subject.ports(), List.of(), Grip.BOOKED, Optional.empty()),
                new RulesTrace(subject.rules(), List.of()));
    }

    @Override
    public List<Class<? extends Trace>> traceTypes() {
        return List.of(LocalnetTrace.class, FlowsTrace.class, RelayTrace.class);
    }
}
