package io.netd.plugins.portmap;

import io.netd.address.IpFamily;
import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.firewall.Rule;
import io.netd.linux.sysctl.Sysctl;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.portmap.Grip;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortRequest;
import io.netd.portmap.PortTakenException;
import io.netd.portmap.Publication;
import io.netd.portmap.Publishing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The deeds of one ADD: reserve, translate, forget old flows.
 *
 * @param result what the ADD will return
 */
record Publisher(Host host, Traces traces, Subject subject, CniResult result) {
    void publish(List<PortRequest> wanted, Publishing publishing, Grip grip, Chained chained) {
        if (wanted.isEmpty()) {
            return;
        }
        PortsTrace ports = reserve(wanted, publishing, grip);
        try {
            List<Publication> publications = chained.publications(ports.mappings());
            FlowsTrace flows = FlowsTrace.of(publications);
            List<Trace> before = new ArrayList<>(List.of(ports, flows));
            Optional<RelayTrace> relay = RelayTrace.of(ports, chained);
            relay.ifPresent(before::add);
            openTheWay(before, rules(publications, publishing, chained), publications, publishing);
            flows.prepare(host);
            relay.ifPresent(trace -> trace.apply(host));
        } catch (RuntimeException e) {
            // Where the journal could not be written nobody else knows of it.
            ports.revert(host);
            throw e;
        }
    }

    /** Lets in what is meant for the container's own ports at its own addresses. */
    void open(List<PortMapping> ports, Publishing publishing, Chained chained) {
        if (ports.isEmpty()) {
            return;
        }
        PortsTrace opened = new PortsTrace(subject.ports(), ports, Grip.NONE, Optional.of(publishing));
        List<Publication> publications = chained.publications(ports);
        FlowsTrace flows = FlowsTrace.of(publications);
        RulesTrace rules = rules(publications, publishing, chained);
        leave(List.of(opened, flows), rules);
        rules.apply(host);
        flows.prepare(host);
    }

    /** Until it is journalled with the rest, a reservation lives in this process alone and ends with it. */
    private PortsTrace reserve(List<PortRequest> wanted, Publishing publishing, Grip grip) {
        try {
            List<PortMapping> settled = host.ports().reserve(subject.ports(), wanted, grip);
            return new PortsTrace(subject.ports(), settled, grip, Optional.of(publishing));
        } catch (PortTakenException e) {
            throw new CniException(ErrorCode.PORT_TAKEN, e.getMessage(), e);
        }
    }

    private void openTheWay(
            List<Trace> before, RulesTrace trace, List<Publication> publications, Publishing publishing) {
        boolean needsLocalnet = publishing.snat()
                && publications.stream().anyMatch(publication -> publication.family() == IpFamily.IPV4);
        if (needsLocalnet) {
            openLocalnet(before, new LocalnetTrace(publications.get(0).bridge()), trace);
        } else {
            leave(before, trace);
            trace.apply(host);
        }
    }

    private RulesTrace rules(List<Publication> publications, Publishing publishing, Chained chained) {
        List<Rule> rules = new ArrayList<>();
        publications.forEach(publication -> rules.addAll(chained.rules(publication, publishing)));
        return new RulesTrace(subject.rules(), rules);
    }

    private void openLocalnet(List<Trace> before, LocalnetTrace localnet, RulesTrace rules) {
        host.alone(localnet.lock(), () -> {
            boolean wasOff =
                    host.namespace().call(() -> Sysctl.read(localnet.key())).equals("0");
            // Somebody else's 1 stays; one of ours has a guard standing beside it.
            if (wasOff || localnet.isGuarded(host)) {
                leave(before, localnet, rules);
            } else {
                leave(before, rules);
            }
            // The guard among the rules must stand before the gate opens.
            rules.apply(host);
            if (wasOff) {
                host.namespace().run(() -> Sysctl.write(localnet.key(), "1"));
            }
            return rules;
        });
    }

    private void leave(List<Trace> before, Trace... more) {
        List<Trace> all = new ArrayList<>(before);
        all.addAll(List.of(more));
        traces.leave(all, result);
    }
}
