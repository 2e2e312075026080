package io.netd.engine.attach;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniArgs;
import io.netd.cni.CniRequest;
import io.netd.cni.NetworkConfig;
import io.netd.engine.host.HostRef;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.Origin;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.Plugin;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** STATUS and GC of any runtime. Every stage fails with a {@code CniException} and nothing else. */
public final class Upkeep {
    private final Journal journal;
    private final Plugins plugins;
    private final Attachments attachments;
    private final Hops hops;

    /** Deletes through {@code attachments}. */
    public Upkeep(Journal journal, Plugins plugins, Attachments attachments, Hops hops) {
        this.journal = journal;
        this.plugins = plugins;
        this.attachments = attachments;
        this.hops = hops;
    }

    /** Whether ADD could be served. */
    public CompletionStage<Void> status(HostRef ref, CniRequest request) {
        NetworkConfig config = request.config();
        return hops.run(ref, "status/" + config.name() + "/" + config.type(), host -> {
            plugins.of(config.type()).status(config, host);
            return null;
        });
    }

    /**
     * Removes the plugin's part of this network's attachments that are not in the valid list, those of
     * foreign runtimes only, and then what no journal knows of. Goes on past errors.
     */
    public CompletionStage<Void> gc(HostRef ref, CniRequest request) {
        NetworkConfig config = request.config();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        String turn = "gc/" + config.name() + "/" + config.type();
        return hops.run(ref.borrowed(), turn, host -> doomed(host.key(), config))
                .thenCompose(ids -> deleteAll(ref, request, ids, failures))
                .exceptionally(failure -> {
                    failures.add(failure);
                    return null;
                })
                .thenCompose(done -> hops.run(ref, turn, host -> {
                    Plugin plugin = plugins.of(config.type());
                    plugin.collect(config, host);
                    if (!failures.isEmpty()) {
                        throw Failures.all(List.copyOf(failures));
                    }
                    return null;
                }));
    }

    private List<AttachmentId> doomed(HostKey host, NetworkConfig config) {
        return journal.of(host).stream()
                .filter(attachment -> attachment.origin().maker().equals(Origin.CNI))
                .filter(attachment ->
                        attachment.entry(config.type(), config.name()).isPresent())
                .map(Attachment::key)
                .map(key -> key.id())
                .filter(id -> !config.validAttachments().contains(id))
                .toList();
    }

    private CompletionStage<Void> deleteAll(
            HostRef ref, CniRequest request, List<AttachmentId> ids, ConcurrentLinkedQueue<Throwable> failures) {
        CompletableFuture<?>[] all = ids.stream()
                .map(id -> attachments
                        .del(ref.borrowed(), order(id, request))
                        .exceptionally(failure -> {
                            failures.add(failure);
                            return null;
                        })
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all);
    }

    private static Order order(AttachmentId id, CniRequest request) {
        Origin origin = new Origin(Origin.CNI, id.containerId().value());
        return new Order(id, origin, Optional.empty(), CniArgs.EMPTY, request.path(), List.of(request.config()));
    }
}
