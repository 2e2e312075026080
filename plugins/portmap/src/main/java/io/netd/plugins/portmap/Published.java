package io.netd.plugins.portmap;

import io.netd.address.IpFamily;
import io.netd.firewall.Rule;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.portmap.Grip;
import io.netd.portmap.Publication;
import io.netd.portmap.Publishing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What ports leave that are published under one name.
 *
 * @param needsLocalnet whether the host reaches them through its own 127.0.0.0/8
 */
record Published(
        PortsTrace ports, FlowsTrace flows, Optional<RelayTrace> relay, boolean needsLocalnet, RulesTrace rules) {
    static Published of(PortsTrace ports, Subject subject, Chained chained, Publishing how) {
        List<Publication> publications = chained.publications(ports.mappings());
        List<Rule> rules = new ArrayList<>();
        publications.forEach(publication -> rules.addAll(chained.rules(publication, how)));
        boolean needsLocalnet = ports.grip() != Grip.NONE
                && how.snat()
                && publications.stream().anyMatch(publication -> publication.family() == IpFamily.IPV4);
        return new Published(
                ports,
                FlowsTrace.of(publications),
                RelayTrace.of(ports, chained),
                needsLocalnet,
                new RulesTrace(subject.rules(), rules));
    }

    /** The ports first and the rules last, as they are found again to take single ones back. */
    List<Trace> traces(Optional<LocalnetTrace> localnet) {
        List<Trace> traces = new ArrayList<>(List.of(ports, flows));
        relay.ifPresent(traces::add);
        localnet.ifPresent(traces::add);
        traces.add(rules);
        return traces;
    }
}
