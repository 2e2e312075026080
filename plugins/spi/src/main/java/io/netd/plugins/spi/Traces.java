package io.netd.plugins.spi;

import io.netd.cni.CniResult;
import java.util.List;

/** Where a plan writes down what it is about to do. Used by one thread. */
public interface Traces {
    /** Journals the traces; returns when they are on disk. Call before the deed. */
    void leave(List<? extends Trace> traces);

    /**
     * Journals the traces with what the plan will return when all goes well: what is known now need not be written then.
     */
    default void leave(List<? extends Trace> traces, CniResult outcome) {
        leave(traces);
    }

    /** Journals one trace; several at once cost one write. */
    default void leave(Trace trace) {
        leave(List.of(trace));
    }
}
