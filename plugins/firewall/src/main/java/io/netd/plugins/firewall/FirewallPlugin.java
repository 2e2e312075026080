package io.netd.plugins.firewall;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.trace.RulesTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code firewall} plugin: the traffic of the chain's addresses may pass the host. */
public final class FirewallPlugin implements Plugin {
    @Override
    public String type() {
        return "firewall";
    }

    @Override
    public AddPlan plan(AddRequest request) {
        FirewallConfig config = FirewallConfig.read(request.config());
        CniResult previous = request.config()
                .prevResult()
                .orElseThrow(() -> new CniException(
                        ErrorCode.INVALID_CONFIG, "firewall: must be called as chained plugin: prevResult is missing"));
        ContainerRules rules = ContainerRules.of(previous, config);
        Owner owner = owner(request.config(), request.attachment());
        return (host, traces) -> {
            put(host, traces, new RulesTrace(owner, claimed(host, rules)), previous);
            return previous;
        };
    }

    @Override
    public void read(NetworkConfig config) {
        FirewallConfig.read(config);
    }

    @Override
    public void check(CheckRequest request, Host host) {
        FirewallConfig config = FirewallConfig.read(request.config());
        ContainerRules rules = ContainerRules.of(request.expected(), config);
        boolean isOurs = !host.firewall()
                .rules(owner(request.config(), request.attachment()))
                .isEmpty();
        List<Rule> missing = host.firewall().missing(isOurs ? rules.all() : rules.passing());
        if (!missing.isEmpty()) {
            throw new CniException(
                    ErrorCode.INTERNAL,
                    "firewall: rules of container " + request.attachment() + " are missing: " + missing);
        }
    }

    @Override
    public void status(NetworkConfig config, Host host) {
        host.firewall().requireReachable(Optional.empty());
    }

    /** The isolation of a bridge stays, as with the reference plugin: nobody knows who else needs it. */
    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        FirewallConfig config = FirewallConfig.readLeniently(request.config());
        Owner owner = owner(request.config(), request.attachment());
        return request.config()
                .prevResult()
                .map(result -> ContainerRules.passing(result, config))
                .filter(rules -> !rules.isEmpty())
                .<List<Trace>>map(rules -> List.of(new FoundRulesTrace(owner, rules)))
                .orElse(List.of());
    }

    private static void put(Host host, Traces traces, RulesTrace trace, CniResult outcome) {
        if (!trace.rules().isEmpty()) {
            traces.leave(List.of(trace), outcome);
            trace.apply(host);
        }
    }

    /** What keeps a bridge apart and was there before belongs to containers of another program: it shall stay for them. */
    private static List<Rule> claimed(Host host, ContainerRules rules) {
        List<Rule> claimed = new ArrayList<>(rules.all());
        claimed.removeAll(host.firewall().foreign(rules.isolation()));
        return claimed;
    }

    private static Owner owner(NetworkConfig config, AttachmentId attachment) {
        return new Owner("attachment/" + attachment.containerId().value() + "/"
                + attachment.ifName().value() + "/firewall/" + config.name().value());
    }
}
