package io.netd.engine.attach;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniArgs;
import io.netd.cni.CniRequest;
import io.netd.cni.NetworkConfig;
import io.netd.engine.host.HostRef;
import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.CallingRuntime;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.Origin;
import io.netd.plugins.spi.HostKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One GC of one plugin: what failed on the way is told at the end, all of it. */
final class Collecting {
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Journal journal;
    private final Plugins plugins;
    private final Attachments attachments;
    private final Hops hops;
    private final CallingRuntime runtime;
    private final CniRequest request;

    Collecting(
            Journal journal,
            Plugins plugins,
            Attachments attachments,
            Hops hops,
            CallingRuntime runtime,
            CniRequest request) {
        this.journal = journal;
        this.plugins = plugins;
        this.attachments = attachments;
        this.hops = hops;
        this.runtime = runtime;
        this.request = request;
    }

    CompletionStage<Void> run(HostRef ref) {
        String turn = "gc/" + config().name() + "/" + config().type();
        return hops.run(ref.borrowed(), turn, host -> doomed(host.key()))
                .thenCompose(ids -> deleteAll(ref, ids))
                .exceptionally(this::note)
                .thenCompose(done -> hops.run(ref, turn, this::finish));
    }

    private List<AttachmentId> doomed(HostKey host) {
        return journal.of(host).stream()
                .filter(this::isOurs)
                .filter(attachment ->
                        attachment.entry(config().type(), config().name()).isPresent())
                .map(Attachment::key)
                .map(key -> key.id())
                .filter(id -> !config().validAttachments().contains(id))
                .toList();
    }

    private CompletionStage<Void> deleteAll(HostRef ref, List<AttachmentId> ids) {
        CompletableFuture<?>[] all = ids.stream()
                .map(id -> attachments
                        .del(ref.borrowed(), order(id))
                        .exceptionally(this::note)
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all);
    }

    private Order order(AttachmentId id) {
        String label = id.containerId().value();
        return new Order(
                id,
                Origin.CNI,
                () -> Optional.of(runtime),
                label,
                Optional.empty(),
                CniArgs.EMPTY,
                request.path(),
                List.of(config()));
    }

    private Void finish(OpenHost host) {
        try {
            collectUnknown(host);
        } catch (RuntimeException e) {
            failures.add(e);
        }
        if (!failures.isEmpty()) {
            throw Failures.all(List.copyOf(failures));
        }
        return null;
    }

    /** Where another runtime uses a network of that name, too, what no journal knows may be that one's. */
    private void collectUnknown(OpenHost host) {
        List<Attachment> users = journal.all().stream()
                .filter(attachment -> attachment.entries().stream()
                        .anyMatch(entry -> entry.network().equals(config().name())))
                .toList();
        if (users.stream().allMatch(this::isOurs)) {
            List<AttachmentId> known =
                    users.stream().map(user -> user.key().id()).toList();
            plugins.of(config().type()).collect(config().keeping(known), host);
        }
    }

    private boolean isOurs(Attachment attachment) {
        return attachment.origin().maker().equals(Origin.CNI)
                && attachment.origin().runtime().equals(Optional.of(runtime));
    }

    private <T> T note(Throwable failure) {
        failures.add(failure);
        return null;
    }

    private NetworkConfig config() {
        return request.config();
    }
}
