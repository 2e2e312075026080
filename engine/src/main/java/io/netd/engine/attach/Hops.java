package io.netd.engine.attach;

import io.netd.cni.AttachmentId;
import io.netd.engine.host.HostRef;
import io.netd.engine.host.Hosts;
import io.netd.engine.host.OpenHost;
import io.netd.engine.work.KeyedQueues;
import io.netd.linux.ns.NamespaceId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The one hop of a request to a kernel worker, with its host open. Requests of one container and
 * interface run in the order they came, others side by side. Host and reference are closed before
 * the stage completes, so that nothing of ours is left in a namespace whose owner hears the answer. The worker is part of the
 * trace that the request belongs to.
 */
public final class Hops {
    private final Hosts hosts;
    private final KeyedQueues<Object> queues;

    /** Runs on the queues' workers. */
    public Hops(Hosts hosts, KeyedQueues<Object> queues) {
        this.hosts = hosts;
        this.queues = queues;
    }

    /** Runs the body when the attachment's turn has come. */
    public <T> CompletionStage<T> run(HostRef ref, AttachmentId id, Function<OpenHost, T> body) {
        return submit(ref, new Turn(hosts.id(ref), id.toString()), body);
    }

    /** Runs the body when the turn of something else has come, such as a network. */
    public <T> CompletionStage<T> run(HostRef ref, String thing, Function<OpenHost, T> body) {
        return submit(ref, new Turn(hosts.id(ref), thing), body);
    }

    /** Prepares a request on the caller's thread; one that cannot even be prepared fails like what fails later. */
    public static <T> CompletionStage<T> prepared(HostRef ref, Supplier<CompletionStage<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            ref.close();
            return CompletableFuture.failedFuture(Failures.of(e));
        }
    }

    private <T> CompletionStage<T> submit(HostRef ref, Turn turn, Function<OpenHost, T> body) {
        return prepared(ref, () -> queues.submit(turn, () -> hop(ref, body)));
    }

    private <T> T hop(HostRef ref, Function<OpenHost, T> body) {
        try (ref;
                OpenHost host = hosts.open(ref)) {
            return ref.asker().trace().during(() -> body.apply(host));
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
    }

    /** Whose turn it is. */
    private record Turn(NamespaceId host, String thing) {}
}
