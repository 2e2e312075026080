package io.netd.plugins.spi.testing;

import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Remembers traces instead of a journal. */
public final class TestTraces implements Traces {
    private final List<Trace> left = new ArrayList<>();

    @Override
    public void leave(List<? extends Trace> traces) {
        left.addAll(traces);
    }

    /** What was left, in order. */
    public List<Trace> left() {
        return Collections.unmodifiableList(left);
    }

    /** As the engine does when an ADD failed. */
    public void undo(Host host) {
        revert(host, true);
    }

    /** As the engine does for a DEL: what is shared stays. */
    public void del(Host host) {
        revert(host, false);
    }

    private void revert(Host host, boolean shared) {
        Trace.toRevert(left).stream()
                .filter(trace -> shared || !trace.isShared())
                .forEach(trace -> trace.revert(host));
    }
}
