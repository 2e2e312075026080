package io.netd.engine.attach;

import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.ArrayList;
import java.util.List;

/** Takes traces back, in the order of {@link Trace#toRevert}, going on past errors. One thread. */
final class Undo {
    private final Host host;
    private final List<RuntimeException> failures = new ArrayList<>();

    Undo(Host host) {
        this.host = host;
    }

    /**
     * Reverts traces.
     *
     * @return those that could not be reverted, in their own order
     */
    List<Trace> revert(List<? extends Trace> traces) {
        List<Trace> remaining = new ArrayList<>();
        for (Trace trace : Trace.toRevert(traces)) {
            try {
                trace.revert(host);
            } catch (RuntimeException e) {
                failures.add(e);
                remaining.add(trace);
            }
        }
        return traces.stream()
                .filter(remaining::contains)
                .map(Trace.class::cast)
                .toList();
    }

    /** What went wrong so far. */
    List<RuntimeException> failures() {
        return List.copyOf(failures);
    }
}
