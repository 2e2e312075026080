package io.netd.plugins.portmap;

import io.netd.cni.CniResult;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import java.util.List;

/** Knows whether traces were left: whoever keeps them undoes what they tell of. One thread. */
final class LeftTraces implements Traces {
    private final Traces keeper;
    private boolean isEmpty = true;

    LeftTraces(Traces keeper) {
        this.keeper = keeper;
    }

    @Override
    public void leave(List<? extends Trace> traces) {
        keeper.leave(traces);
        isEmpty = false;
    }

    @Override
    public void leave(List<? extends Trace> traces, CniResult outcome) {
        keeper.leave(traces, outcome);
        isEmpty = false;
    }

    /** Whether nothing is written down yet. */
    boolean isEmpty() {
        return isEmpty;
    }
}
