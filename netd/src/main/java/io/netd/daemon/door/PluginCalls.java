package io.netd.daemon.door;

import java.util.concurrent.CompletionStage;

/** Whoever carries out plugin calls. */
@FunctionalInterface
public interface PluginCalls {
    /** Begins a call without blocking; called on the event loop. Never fails but with an answer. */
    CompletionStage<PluginAnswer> begin(PluginCall call);
}
