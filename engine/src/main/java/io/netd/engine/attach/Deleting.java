package io.netd.engine.attach;

import io.netd.cni.NetworkConfig;
import io.netd.engine.host.HostRef;
import io.netd.engine.host.OpenHost;
import io.netd.engine.host.OpenSandbox;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.AttachmentKey;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.JournalException;
import io.netd.engine.journal.Phase;
import io.netd.engine.journal.PluginEntry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * DELs on one worker. What the journal knows is reverted from there and needs nothing else; what
 * could not be reverted stays in the journal for the next DEL.
 */
final class Deleting {
    private static final Logger LOG = System.getLogger(Deleting.class.getName());

    private final Journal journal;
    private final Plugins plugins;
    private final OpenHost host;
    private final Undo undo;

    Deleting(Journal journal, Plugins plugins, OpenHost host) {
        this.journal = journal;
        this.plugins = plugins;
        this.host = host;
        this.undo = new Undo(host);
    }

    /** What a runtime asks for; what was removed, if the journal knew it. */
    Optional<Removed> run(HostRef ref, Order order) {
        NetworkConfig config = order.chain().get(0);
        Optional<Attachment> attachment = journal.find(new AttachmentKey(host.key(), order.id()));
        Optional<PluginEntry> entry = attachment.flatMap(known -> known.entry(config.type(), config.name()));
        if (entry.isPresent()) {
            remove(attachment.get(), entry.get());
        } else {
            removeUnknown(ref, order, config);
        }
        requireClean(order);
        return entry.map(removed -> new Removed(attachment.get(), List.of(removed)));
    }

    /** The whole attachment, the last plugin first. */
    Removed all(Attachment attachment) {
        Attachment left = attachment;
        List<PluginEntry> entries = attachment.entries();
        for (int i = entries.size() - 1; i >= 0; i--) {
            left = remove(left, entries.get(i));
        }
        if (!undo.failures().isEmpty()) {
            throw Failures.all(undo.failures()).within("detach " + attachment.key());
        }
        return new Removed(attachment, entries);
    }

    private Attachment remove(Attachment attachment, PluginEntry entry) {
        announce(attachment, entry);
        return undo.entry(attachment, entry, journal);
    }

    /** After a crash the rest would go on its own. Where that cannot be written, at full disks, things go all the same. */
    private void announce(Attachment attachment, PluginEntry entry) {
        try {
            journal.advance(attachment, entry, Phase.DELETING);
        } catch (JournalException e) {
            LOG.log(Level.WARNING, e.getMessage());
        }
    }

    private void removeUnknown(HostRef ref, Order order, NetworkConfig config) {
        Optional<OpenSandbox> sandbox = order.netns().map(ref::sandbox);
        try {
            undo.revert(plugins.of(config.type()).findTraces(Requests.del(order, config, sandbox), host));
        } finally {
            sandbox.ifPresent(OpenSandbox::close);
        }
    }

    private void requireClean(Order order) {
        if (!undo.failures().isEmpty()) {
            throw Failures.all(undo.failures()).within("detach " + order.id());
        }
    }

    /** A part of an attachment that has gone. */
    record Removed(Attachment attachment, List<PluginEntry> entries) {}
}
