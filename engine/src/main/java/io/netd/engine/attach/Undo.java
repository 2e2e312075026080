package io.netd.engine.attach;

import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.ArrayList;
import java.util.List;

/** Takes traces back, the last one first, going on past errors. One thread. */
final class Undo {
    private final Host host;
    private final List<RuntimeException> failures = new ArrayList<>();

    Undo(Host host) {
        this.host = host;
    }

    /**
     * Reverts traces in reverse order.
     *
     * @return those that could not be reverted, in their own order
     */
    List<Trace> revert(List<? extends Trace> traces) {
        List<Trace> remaining = new ArrayList<>();
        for (int i = traces.size() - 1; i >= 0; i--) {
            try {
                traces.get(i).revert(host);
            } catch (RuntimeException e) {
                failures.add(e);
                remaining.add(0, traces.get(i));
            }
        }
        return List.copyOf(remaining);
    }

    /** What went wrong so far. */
    List<RuntimeException> failures() {
        return List.copyOf(failures);
    }
}
