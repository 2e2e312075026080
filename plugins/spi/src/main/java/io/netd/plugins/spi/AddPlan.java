package io.netd.plugins.spi;

import io.netd.cni.CniResult;

/** A validated ADD, not yet done. */
@FunctionalInterface
public interface AddPlan {
    /**
     * Does the deed in one go, on a kernel worker (a platform thread). Whatever is about to be made is
     * left as a trace first; on an exception the engine reverts the traces in reverse order.
     *
     * @return the result of the chain so far: the previous one, extended
     */
    CniResult apply(Host host, Traces traces);
}
