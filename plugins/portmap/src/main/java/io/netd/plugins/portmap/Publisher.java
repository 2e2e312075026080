package io.netd.plugins.portmap;

import io.netd.address.IpFamily;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.firewall.Rule;
import io.netd.linux.sysctl.Sysctl;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.portmap.Grip;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortTakenException;
import io.netd.portmap.PortmapRules;
import io.netd.portmap.Publication;
import io.netd.portmap.Publishing;
import java.util.ArrayList;
import java.util.List;

/** The deeds of one ADD: reserve, translate, forget old flows. */
record Publisher(Host host, Traces traces, Subject subject) {
    void publish(PortmapConfig config, Chained chained) {
        List<PortMapping> wanted = chained.settle(config.mappings());
        if (wanted.isEmpty()) {
            return;
        }
        List<PortMapping> settled = reserve(wanted, config.publishing());
        List<Publication> publications = chained.publications(settled);
        FlowsTrace flows = FlowsTrace.of(publications);
        traces.leave(flows);
        openTheWay(publications, config.publishing());
        flows.prepare(host);
    }

    /** Podman binds the ports of its containers itself after ADD, so that only netd's own networks hold them. */
    private List<PortMapping> reserve(List<PortMapping> wanted, Publishing publishing) {
        Grip grip = publishing.protect() ? Grip.HELD : Grip.BOOKED;
        traces.leave(new PortsTrace(subject.ports(), wanted, grip));
        try {
            List<PortMapping> settled = host.ports().reserve(subject.ports(), wanted, grip);
            if (!settled.equals(wanted)) {
                traces.leave(new PortsTrace(subject.ports(), settled, grip));
            }
            return settled;
        } catch (PortTakenException e) {
            throw new CniException(ErrorCode.PORT_TAKEN, e.getMessage(), e);
        }
    }

    private void openTheWay(List<Publication> publications, Publishing publishing) {
        List<Rule> rules = new ArrayList<>();
        publications.forEach(publication -> rules.addAll(PortmapRules.of(publication, publishing)));
        RulesTrace trace = new RulesTrace(subject.rules(), rules);
        String bridge = publications.get(0).bridge();
        boolean needsLocalnet = publishing.snat()
                && publications.stream().anyMatch(publication -> publication.family() == IpFamily.IPV4);
        if (!needsLocalnet) {
            traces.leave(trace);
            trace.apply(host);
            return;
        }
        LocalnetTrace localnet = new LocalnetTrace(bridge);
        host.alone(localnet.lock(), () -> {
            boolean wasOff =
                    host.namespace().call(() -> Sysctl.read(localnet.key())).equals("0");
            // Somebody else's 1 stays; one of ours has a guard standing beside it.
            traces.leave(wasOff || localnet.isGuarded(host) ? List.of(localnet, trace) : List.of(trace));
            // The guard among the rules must stand before the gate opens.
            trace.apply(host);
            if (wasOff) {
                host.namespace().run(() -> Sysctl.write(localnet.key(), "1"));
            }
            return trace;
        });
    }
}
