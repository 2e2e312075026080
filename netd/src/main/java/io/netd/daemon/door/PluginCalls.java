package io.netd.daemon.door;

import java.util.concurrent.CompletionStage;

/** Whoever carries out plugin calls. */
@FunctionalInterface
public interface PluginCalls {
    /** Begins a call without blocking; called on the event loop. Never fails but with an answer. */
    Pending begin(PluginCall call);

    /**
     * A call that has begun.
     *
     * @param answer completes with what the caller is told, on any thread
     * @param abandon says that nobody waits for it any more; harmless when it is done
     */
    record Pending(CompletionStage<PluginAnswer> answer, Runnable abandon) {}
}
