package io.netd.plugins.firewall;

import io.netd.address.IpPrefix;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.firewall.Owner;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Trace;
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
        CniResult previous = request.config().requirePrevResult();
        Passage passage = Passage.of(owner(request.config(), request.attachment()), config, previous);
        return (host, traces) -> {
            passage.open(host, traces, previous);
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
        Passage.of(owner(request.config(), request.attachment()), config, request.expected())
                .check(host);
    }

    @Override
    public void status(NetworkConfig config, Host host) {
        FirewallConfig known = FirewallConfig.read(config);
        host.firewall().requireReachable(known.framework());
        if (known.backend().equals(Optional.of(FirewallBackend.FIREWALLD))) {
            Firewalld.find(host)
                    .orElseThrow(() -> new CniException(
                            ErrorCode.NOT_AVAILABLE, "backend firewalld: firewalld does not run on this host"))
                    .close();
        }
    }

    /** The isolation of a bridge stays, as with the reference plugin: nobody knows who else needs it. */
    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        FirewallConfig config = FirewallConfig.readLeniently(request.config());
        CniResult result = request.config().prevResult().orElse(CniResult.EMPTY);
        List<IpPrefix> sources = ContainerRules.addresses(result);
        if (sources.isEmpty()) {
            return List.of();
        }
        Owner owner = owner(request.config(), request.attachment());
        Trace rules = new FoundRulesTrace(owner, ContainerRules.passing(result, config));
        Trace zone = new ZoneTrace(config.zone(), sources);
        return config.backend()
                .map(backend -> List.of(backend == FirewallBackend.FIREWALLD ? zone : rules))
                .orElse(List.of(rules, zone));
    }

    @Override
    public List<Class<? extends Trace>> traceTypes() {
        return List.of(ZoneTrace.class);
    }

    private static Owner owner(NetworkConfig config, AttachmentId attachment) {
        return new Owner("attachment/" + attachment.containerId().value() + "/"
                + attachment.ifName().value() + "/firewall/" + config.name().value());
    }
}
