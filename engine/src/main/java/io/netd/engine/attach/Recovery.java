package io.netd.engine.attach;

import io.netd.engine.event.Addresses;
import io.netd.engine.event.Drift;
import io.netd.engine.event.Events;
import io.netd.engine.event.PortLoss;
import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.Phase;
import io.netd.engine.journal.PluginEntry;
import io.netd.firewall.FirewallException;
import io.netd.firewall.Rule;
import io.netd.firewall.UserChain;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.portmap.LostPort;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortUser;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * What an engine does first with what an earlier one left on our own host: ADDs that broke off are
 * undone, DELs go on, attachments whose namespace died are let go, ports are bound again, rules
 * that somebody removed come back. Nothing that fails keeps the rest from being done.
 */
public final class Recovery {
    private static final Logger LOG = System.getLogger(Recovery.class.getName());
    private static final int VERSION = 1;

    private final Journal journal;
    private final Attachments attachments;
    private final Events events;
    private final OpenHost host;

    /** On one worker, before any request. */
    public Recovery(Journal journal, Attachments attachments, Events events, OpenHost host) {
        this.journal = journal;
        this.attachments = attachments;
        this.events = events;
        this.host = host;
    }

    /** Settles the attachments. */
    public void attachments() {
        for (Attachment attachment : journal.of(host.key())) {
            try {
                finish(attachment);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "recover " + attachment.key() + ": " + e.getMessage(), e);
            }
        }
        journal.of(host.key()).forEach(this::bindPorts);
    }

    /** Puts missing rules back, then what else is missing: some of it must not be there before its rules. */
    public void rules() {
        List<Rule> missing = host.firewall().repair();
        for (Rule rule : missing) {
            events.announce(Addresses.DRIFT_REPAIRED, "firewall", new Drift(VERSION, "rule", rule.toString()));
        }
        journal.of(host.key()).forEach(this::repair);
    }

    /** Takes away what led to rules of the user's that netd's have moved away from, and that are gone by now. */
    public void userChains() {
        try {
            UserChain.leave(host.firewall());
        } catch (FirewallException e) {
            LOG.log(Level.WARNING, "leave the user's chains: " + e.getMessage(), e);
        }
    }

    private void finish(Attachment attachment) {
        Attachment left = attachment;
        Undo undo = new Undo(host);
        List<PluginEntry> entries = attachment.entries();
        for (int i = entries.size() - 1; i >= 0; i--) {
            PluginEntry entry = entries.get(i);
            if (entry.phase() != Phase.ADDED) {
                left = undo.entry(left, entry, journal);
            }
        }
        if (!undo.failures().isEmpty()) {
            throw Failures.all(undo.failures());
        }
        if (!left.entries().isEmpty() && new Liveness(host).isDead(left)) {
            attachments.detach(host, left.key().id(), "its network namespace is gone");
        }
    }

    private void repair(Attachment attachment) {
        attachment.traces(Trace.class).forEach(trace -> {
            try {
                trace.repair(host)
                        .ifPresent(missing -> events.announce(
                                Addresses.DRIFT_REPAIRED, "firewall", new Drift(VERSION, "rule", missing)));
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "repair " + attachment.key() + ": " + e.getMessage(), e);
            }
        });
    }

    private void bindPorts(Attachment attachment) {
        for (PortsTrace trace : PortsTrace.latest(attachment.traces(PortsTrace.class))) {
            host.ports()
                    .restore(trace.owner(), trace.reserved(), trace.grip())
                    .forEach(lost -> announce(attachment, lost));
        }
    }

    private void announce(Attachment attachment, LostPort lost) {
        LOG.log(Level.WARNING, attachment.key() + ": " + lost.reason());
        PortMapping mapping = lost.mapping();
        events.announce(
                Addresses.PORT_LOST,
                mapping.hostSide(),
                new PortLoss(
                        VERSION,
                        attachment.container().value(),
                        attachment.origin().label(),
                        mapping.hostIp().map(Object::toString).orElse("0.0.0.0"),
                        mapping.hostPort(),
                        mapping.containerPort(),
                        mapping.protocol().toString(),
                        lost.user().map(PortUser::pid).orElse(0),
                        lost.user().map(PortUser::command).orElse(""),
                        lost.reason()));
    }
}
