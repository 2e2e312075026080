package io.netd.daemon.plugin;

import io.netd.cni.CniRequest;
import io.netd.cni.CniResult;
import io.netd.engine.host.HostRef;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the engine does for plugins. */
@FunctionalInterface
public interface Verbs {
    /** Carries out a request, without blocking; closes the host's reference. ADD alone has a result. */
    CompletionStage<Optional<CniResult>> carryOut(HostRef host, CniRequest request);
}
