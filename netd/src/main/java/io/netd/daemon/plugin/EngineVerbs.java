package io.netd.daemon.plugin;

import io.netd.cni.CniException;
import io.netd.cni.CniRequest;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.engine.Engine;
import io.netd.engine.host.HostRef;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One engine method for each of the protocol's commands. */
public final class EngineVerbs implements Verbs {
    private final Engine engine;

    /** Of this engine. */
    public EngineVerbs(Engine engine) {
        this.engine = engine;
    }

    @Override
    public CompletionStage<Optional<CniResult>> carryOut(HostRef host, CniRequest request) {
        return switch (request.command()) {
            case ADD -> engine.add(host, request).thenApply(Optional::of);
            case DEL -> engine.del(host, request).thenApply(nothing -> Optional.empty());
            case CHECK -> engine.check(host, request).thenApply(nothing -> Optional.empty());
            case STATUS -> engine.status(host, request).thenApply(nothing -> Optional.empty());
            case GC -> engine.gc(host, request).thenApply(nothing -> Optional.empty());
            case VERSION -> refuse(host);
        };
    }

    private static CompletionStage<Optional<CniResult>> refuse(HostRef host) {
        host.close();
        return CompletableFuture.failedFuture(
                new CniException(ErrorCode.INVALID_ENVIRONMENT, "VERSION is answered by the plugin itself"));
    }
}
