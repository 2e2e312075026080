package io.netd.plugins.ptp;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniDns;
import io.netd.cni.CniResult;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.lease.AddressPlan;
import io.netd.plugins.spi.lease.Offer;
import io.netd.plugins.spi.pair.ContainerEnd;
import io.netd.plugins.spi.pair.Forwarding;
import io.netd.plugins.spi.pair.VethPair;
import io.netd.plugins.spi.trace.RulesTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One ADD of the ptp plugin: addresses, veth pair, rules. */
record PtpPlan(AddRequest request, PtpConfig config, AddressPlan addresses) implements AddPlan {
    @Override
    public CniResult apply(Host host, Traces traces) {
        VethPair pair = VethPair.random(request, Optional.empty(), config.mtu());
        if (addresses.needsInterface()) {
            traces.leave(pair.trace());
            pair.make(host, pair.spec());
            new ContainerEnd(request.sandbox(), pair.containerName()).lift();
        }
        Choice choice = addresses.take(host, traces, offer -> leave(traces, pair, offer.requireAddresses()));
        Peers peers = choice.peers();
        if (!addresses.needsInterface()) {
            pair.make(host, pair.spec());
        }
        new HostEnd(host, pair.hostName()).furnish(peers);
        new ContainerEnd(request.sandbox(), pair.containerName()).furnish(peers::inside);
        choice.rules().ifPresent(rules -> rules.apply(host));
        Forwarding.ensure(host, peers.addressing());
        return choice.result();
    }

    /** In whose name an attachment's rules stand. */
    static Owner owner(AttachmentId attachment) {
        return new Owner("attachment/" + attachment + "/ptp");
    }

    /** What the addresses mean for everything else. */
    private record Choice(Peers peers, Optional<RulesTrace> rules, CniResult result) {}

    private Choice leave(Traces traces, VethPair pair, Offer offer) {
        CniResult offered = offer.result();
        Peers peers = Peers.of(offered.addresses(), offered.routes());
        Choice choice =
                new Choice(peers, rules(peers), result(pair, peers, config.dns().orElse(offered.dns())));
        List<Trace> all = new ArrayList<>(offer.traces());
        if (!addresses.needsInterface()) {
            all.add(pair.trace());
        }
        choice.rules().ifPresent(all::add);
        traces.leave(all, choice.result());
        return choice;
    }

    private Optional<RulesTrace> rules(Peers peers) {
        List<Rule> rules = peers.rules(config);
        return rules.isEmpty() ? Optional.empty() : Optional.of(new RulesTrace(owner(request.attachment()), rules));
    }

    private static CniResult result(VethPair pair, Peers peers, CniDns dns) {
        return new CniResult(
                List.of(pair.hostEnd(), pair.containerEnd()),
                peers.addressing().addresses(),
                peers.addressing().routes(),
                dns);
    }
}
