package io.netd.engine.attach;

import io.netd.cni.AttachmentId;
import io.netd.engine.event.Addresses;
import io.netd.engine.event.Drift;
import io.netd.engine.event.Events;
import io.netd.engine.host.HostRef;
import io.netd.engine.host.Hosts;
import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.AttachmentKey;
import io.netd.engine.journal.Journal;
import io.netd.plugins.spi.trace.VethTrace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets go of attachments whose namespace died without a DEL: lease, rules and ports would stay for
 * ever otherwise. The kernel tells by removing the veth pair. Any thread may report.
 */
public final class Deaths {
    private static final Logger LOG = System.getLogger(Deaths.class.getName());
    private static final int VERSION = 1;

    private final Hosts hosts;
    private final Journal journal;
    private final Attachments attachments;
    private final Events events;
    private final Hops hops;

    /** Detaches through {@code attachments}. */
    public Deaths(Hosts hosts, Journal journal, Attachments attachments, Events events, Hops hops) {
        this.hosts = hosts;
        this.journal = journal;
        this.attachments = attachments;
        this.events = events;
        this.hops = hops;
    }

    /** A link of our own host has gone; completes when that is dealt with. Most are nobody's. */
    public CompletionStage<Void> linkGone(String name) {
        List<AttachmentId> users = journal.of(hosts.ownKey()).stream()
                .filter(attachment -> has(attachment, name))
                .map(attachment -> attachment.key().id())
                .toList();
        CompletableFuture<?>[] all = users.stream()
                .map(id -> hops.run(HostRef.own(), id, host -> settle(host, id, name))
                        .exceptionally(failure -> {
                            LOG.log(Level.WARNING, "after link " + name + " had gone: " + failure.getMessage());
                            return null;
                        })
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all);
    }

    /** Links of our own host may have gone unheard; completes when every attachment was looked at. */
    public CompletionStage<Void> anyLinkGone() {
        CompletableFuture<?>[] all = journal.of(hosts.ownKey()).stream()
                .flatMap(attachment -> attachment.traces(VethTrace.class))
                .map(veth -> linkGone(veth.hostName()).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all);
    }

    /** By the time it is this attachment's turn it may have been detached, or attached anew. */
    private Void settle(OpenHost host, AttachmentId id, String name) {
        Optional<Attachment> known =
                journal.find(new AttachmentKey(host.key(), id)).filter(attachment -> has(attachment, name));
        if (known.isEmpty() || host.route().links().byName(name).isPresent()) {
            return null;
        }
        if (new Liveness(host).isDead(known.get())) {
            attachments.detach(host, id, "its network namespace is gone");
        } else {
            events.announce(Addresses.DRIFT_FOUND, id.toString(), new Drift(VERSION, "link", name + " was deleted"));
        }
        return null;
    }

    private static boolean has(Attachment attachment, String link) {
        return attachment
                .traces(VethTrace.class)
                .anyMatch(veth -> veth.hostName().equals(link));
    }
}
