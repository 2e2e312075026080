package io.netd.daemon.local;

import io.netd.netctl.api.NetdException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Waits for an outcome as long as somebody wants it: an interrupt, which comes when the client has gone, ends the wait. */
final class Patience {
    private Patience() {}

    static <T> T await(CompletableFuture<T> outcome) {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetdException(NetdException.Kind.FAILED, "nobody waits any more");
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }
}
