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
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.portmap.Grip;
import java.util.List;

/** The {@code portmap} plugin: publishes the ports that the runtime asks for, of whatever address the chain gave. */
public final class PortmapPlugin implements Plugin {
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
        Chained chained = Chained.of(previous, request.ifName().value());
        Subject subject = Subject.of(request.id(), request.ifName(), request.args());
        return (host, traces) -> {
            new Publisher(host, traces, subject, previous).publish(config, chained);
            return previous;
        };
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
                new PortsTrace(subject.ports(), List.of(), Grip.BOOKED), new RulesTrace(subject.rules(), List.of()));
    }

    @Override
    public List<Class<? extends Trace>> traceTypes() {
        return List.of(LocalnetTrace.class, FlowsTrace.class);
    }
}
