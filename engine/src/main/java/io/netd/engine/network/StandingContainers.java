package io.netd.engine.network;

import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.Origin;
import io.netd.engine.journal.Phase;
import io.netd.engine.journal.PluginEntry;
import io.netd.firewall.Rule;
import io.netd.plugins.bridge.StandingPort;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.plugins.spi.trace.VethTrace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Containers of netd's own that were connected before the daemon started: they are made to be reached as its settings say now.
 * On one worker, before any request.
 */
final class StandingContainers {
    private static final Logger LOG = System.getLogger(StandingContainers.class.getName());

    private final Networks networks;
    private final BridgeSettings settings;
    private final Journal journal;
    private final OpenHost host;

    StandingContainers(Networks networks, BridgeSettings settings, Journal journal, OpenHost host) {
        this.networks = networks;
        this.settings = settings;
        this.journal = journal;
        this.host = host;
    }

    /** One that cannot be changed keeps no other from it. */
    void adapt() {
        for (Attachment attachment : journal.of(host.key())) {
            try {
                bridged(attachment).forEach(entry -> adapt(attachment, entry));
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "change how " + attachment.key() + " is reached: " + e.getMessage(), e);
            }
        }
    }

    private static Stream<PluginEntry> bridged(Attachment attachment) {
        return attachment.entries().stream()
                .filter(entry -> attachment.origin().maker().equals(Origin.NETD))
                .filter(entry -> entry.type().equals("bridge") && entry.phase() == Phase.ADDED);
    }

    private void adapt(Attachment attachment, PluginEntry entry) {
        MadeNetwork network = networks.made(host.key(), entry.network().value());
        entry.traces().stream()
                .filter(VethTrace.class::isInstance)
                .map(VethTrace.class::cast)
                .forEach(pair ->
                        StandingPort.isolate(host, pair, !network.rules().icc()));
        if (settings.rules()) {
            hide(attachment, entry, network);
        }
    }

    private void hide(Attachment attachment, PluginEntry entry, MadeNetwork network) {
        StandingPort port = new StandingPort(attachment.key().id(), entry.result());
        RulesTrace known = entry.traces().stream()
                .filter(RulesTrace.class::isInstance)
                .map(RulesTrace.class::cast)
                .filter(rules -> rules.owner().equals(port.noRules().owner()))
                .findFirst()
                .orElseGet(port::noRules);
        List<Rule> wanted = port.hiding(
                network.hidden(settings), network.rules().admission().trusted(), known.rules());
        if (!wanted.equals(known.rules())) {
            // They are in the journal before they stand, and until they are gone.
            List<Rule> both = Stream.concat(known.rules().stream(), wanted.stream())
                    .distinct()
                    .toList();
            Attachment left = journal.splice(attachment, entry, with(entry, known, both));
            host.firewall().put(known.owner(), wanted);
            journal.splice(left, entry, with(entry, known, wanted));
        }
    }

    /** The entry's traces with other rules in place of those that are known. */
    private List<Trace> with(PluginEntry entry, RulesTrace known, List<Rule> rules) {
        List<Trace> traces = new ArrayList<>(entry.traces());
        traces.remove(known);
        if (!rules.isEmpty()) {
            traces.add(new RulesTrace(known.owner(), rules).on(host.firewall().usual()));
        }
        return traces;
    }
}
