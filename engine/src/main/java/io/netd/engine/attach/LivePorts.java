package io.netd.engine.attach;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.engine.event.Addresses;
import io.netd.engine.event.Events;
import io.netd.engine.host.HostRef;
import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.AttachmentKey;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.Origin;
import io.netd.engine.journal.Phase;
import io.netd.engine.journal.PluginEntry;
import io.netd.firewall.BridgeNetwork;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import io.netd.plugins.firewall.StrictForwardPorts;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.port.PortTarget;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortRequest;
import io.netd.portmap.Publishing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Ports that come and go while an attachment of our own host stands. Their traces are added to an entry that is there, so
 * that a DEL takes them along like what the ADD left.
 */
public final class LivePorts {
    /** As the reference plugin does without being told more. */
    private static final Publishing REFERENCE = new Publishing(false, true, false, Map.of(), Optional.empty());

    private final Journal journal;
    private final Plugins plugins;
    private final PortsNetwork network;
    private final StrictForwardPorts strict;
    private final Events events;
    private final Hops hops;

    /** Announces to {@code events} what it has done. */
    public LivePorts(
            Journal journal,
            Plugins plugins,
            PortsNetwork network,
            StrictForwardPorts strict,
            Events events,
            Hops hops) {
        this.journal = journal;
        this.plugins = plugins;
        this.network = network;
        this.strict = strict;
        this.events = events;
        this.hops = hops;
    }

    /** Publishes all of them or none; what was published, in the order of the requests. */
    public CompletionStage<List<PortMapping>> publish(AttachmentId id, List<PortRequest> wanted) {
        return hops.run(HostRef.own(), id, host -> publish(host, attachment(host, id), wanted));
    }

    /** Takes back every port that fits one of the requests; what went, in the order it had come. */
    public CompletionStage<List<PortMapping>> unpublish(AttachmentId id, List<PortRequest> which) {
        return hops.run(HostRef.own(), id, host -> unpublish(host, attachment(host, id), which));
    }

    /** The requests as they are published, with the address that is meant where they name none. */
    public List<PortRequest> placed(HostKey host, AttachmentId id, List<PortRequest> wanted) {
        return journal.find(new AttachmentKey(host, id))
                .map(attachment -> placed(attachment, wanted))
                .orElse(wanted);
    }

    private List<PortRequest> placed(Attachment attachment, List<PortRequest> wanted) {
        Optional<IpAddress> usual = network.binding(attachment);
        return wanted.stream().map(request -> request.onUsual(usual)).toList();
    }

    private Attachment attachment(OpenHost host, AttachmentId id) {
        return journal.find(new AttachmentKey(host.key(), id))
                .orElseThrow(() -> new CniException(
                        ErrorCode.UNKNOWN_CONTAINER, "container " + id.containerId() + " is not connected any more"));
    }

    private List<PortMapping> publish(OpenHost host, Attachment attachment, List<PortRequest> wanted) {
        PluginEntry entry = carrier(attachment);
        requireWayIn(attachment);
        PortLimit.require(attachment, wanted);
        strict.refuse(host);
        network.requireRules(attachment, wanted);
        LateTraces traces = new LateTraces(journal, host, attachment, entry);
        try {
            List<PortRequest> placed = PortRequest.distinct(placed(attachment, wanted));
            plugins.ports().publish(target(attachment), placed, how(attachment), host, traces);
        } catch (RuntimeException | Error e) {
            traces.undo(e);
            throw e;
        }
        List<PortMapping> published = new ArrayList<>();
        for (Trace trace : traces.left()) {
            if (trace instanceof PortsTrace ports) {
                published.addAll(ports.mappings());
            }
        }
        announcer().ports(Addresses.PORT_PUBLISHED, attachment, published);
        return published;
    }

    /** Rules first, then the journal, then the ports themselves: whoever is given one next finds nothing of ours. */
    private List<PortMapping> unpublish(OpenHost host, Attachment attachment, List<PortRequest> which) {
        Set<PortMapping> gone = PortSelection.matching(attachment, which);
        Map<PortsTrace, List<PortMapping>> parts = PortSelection.parts(attachment, gone);
        Attachment left;
        try {
            left = journal.change(attachment, withdraw(host, attachment, parts));
        } catch (RuntimeException e) {
            standAgain(host, attachment, e);
            throw e;
        }
        parts.forEach((from, mappings) -> host.ports().release(from.owner(), mappings));
        parts.values().forEach(mappings -> announcer().ports(Addresses.PORT_UNPUBLISHED, left, mappings));
        return List.copyOf(gone);
    }

    /** Rules first: what is behind them, such as route_localnet, opens only where its guard stands. */
    private static void standAgain(OpenHost host, Attachment attachment, RuntimeException reason) {
        try {
            attachment.traces(RulesTrace.class).forEach(rules -> rules.apply(host));
            attachment.traces(Trace.class).forEach(trace -> trace.repair(host));
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    private Attachment withdraw(OpenHost host, Attachment attachment, Map<PortsTrace, List<PortMapping>> parts) {
        Attachment left = attachment;
        for (Map.Entry<PortsTrace, List<PortMapping>> part : parts.entrySet()) {
            PluginEntry entry = left.entries().stream()
                    .filter(candidate -> candidate.traces().contains(part.getKey()))
                    .findFirst()
                    .orElseThrow();
            List<Trace> traces =
                    plugins.ports().withdraw(target(attachment), entry.traces(), part.getKey(), part.getValue(), host);
            left = left.change(entry, changed -> changed.with(traces));
        }
        return left;
    }

    /** The last one that is done: its DEL, which nobody forgets, takes the ports along. */
    private static PluginEntry carrier(Attachment attachment) {
        List<PluginEntry> entries = attachment.entries();
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).phase() == Phase.ADDED) {
                return entries.get(i);
            }
        }
        throw new CniException(ErrorCode.TRY_LATER, attachment.key() + " is not attached yet, or not any more");
    }

    private void requireWayIn(Attachment attachment) {
        if (network.rules(attachment).filter(BridgeNetwork::internal).isPresent()) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIG,
                    attachment.origin().label() + " is on an internal network: ports of it cannot be published");
        }
    }

    private PortTarget target(Attachment attachment) {
        Set<IpFamily> routed =
                network.rules(attachment).map(BridgeNetwork::routed).orElse(Set.of());
        return new PortTarget(
                attachment.key().id(),
                attachment.origin().label(),
                attachment.result(),
                routed,
                network.sharing(attachment));
    }

    /** As the ports before; the first one as the network wants it. */
    private static Publishing how(Attachment attachment) {
        return attachment
                .traces(PortsTrace.class)
                .flatMap(ports -> ports.how().stream())
                .findFirst()
                .orElseGet(() -> isProtected(attachment) ? Publishing.PROTECTED : REFERENCE);
    }

    /** Where unpublished ports are dropped. */
    private static boolean isProtected(Attachment attachment) {
        return attachment.origin().maker().equals(Origin.NETD)
                || attachment
                        .traces(RulesTrace.class)
                        .flatMap(rules -> rules.rules().stream())
                        .anyMatch(rule -> rule.table() == Table.FILTER && rule.target() instanceof Target.Drop);
    }

    private Announcer announcer() {
        return new Announcer(events);
    }
}
