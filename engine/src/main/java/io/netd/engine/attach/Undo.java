package io.netd.engine.attach;

import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.JournalException;
import io.netd.engine.journal.PluginEntry;
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
            if (remaining.stream().anyMatch(trace::outlasts) || !isReverted(trace)) {
                remaining.add(trace);
            }
        }
        return traces.stream()
                .filter(remaining::contains)
                .map(Trace.class::cast)
                .toList();
    }

    /**
     * Reverts an entry's traces and writes down what is left of it. What cannot be written counts as a failure, and the entry
     * is kept in memory for whoever goes on.
     *
     * @return the attachment as it is now
     */
    Attachment entry(Attachment attachment, PluginEntry entry, Journal journal) {
        List<Trace> remaining = revert(entry.traces());
        Attachment deleting = attachment.change(entry, known -> known.deleting(remaining));
        Attachment left = remaining.isEmpty() ? attachment.without(entry) : deleting;
        try {
            journal.write(left);
            return left;
        } catch (JournalException e) {
            failures.add(e);
            journal.remember(deleting);
            return deleting;
        }
    }

    private boolean isReverted(Trace trace) {
        try {
            trace.revert(host);
            return true;
        } catch (RuntimeException e) {
            failures.add(e);
            return false;
        }
    }

    /** What went wrong so far. */
    List<RuntimeException> failures() {
        return List.copyOf(failures);
    }
}
