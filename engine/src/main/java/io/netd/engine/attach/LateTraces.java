package io.netd.engine.attach;

import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.PluginEntry;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import java.util.ArrayList;
import java.util.List;

/** Adds to the traces of an entry that was done before and stays. On one worker. */
final class LateTraces implements Traces {
    private final Journal journal;
    private final OpenHost host;
    private final PluginEntry entry;
    private final List<Trace> left = new ArrayList<>();
    private Attachment attachment;

    LateTraces(Journal journal, OpenHost host, Attachment attachment, PluginEntry entry) {
        this.journal = journal;
        this.host = host;
        this.attachment = attachment;
        this.entry = entry;
    }

    @Override
    public void leave(List<? extends Trace> traces) {
        List<Trace> more = Settled.traces(traces, host);
        attachment = journal.splice(attachment, entry, with(more));
        left.addAll(more);
    }

    /** What was left so far. */
    List<Trace> left() {
        return List.copyOf(left);
    }

    /** Takes it back, as far as that goes. */
    void undo(Throwable reason) {
        Undo undo = new Undo(host);
        List<Trace> remaining = undo.revert(left);
        undo.failures().forEach(reason::addSuppressed);
        left.clear();
        attachment = journal.splice(attachment, entry, with(remaining));
    }

    private List<Trace> with(List<Trace> more) {
        List<Trace> all = new ArrayList<>(entry.traces());
        all.addAll(left);
        all.addAll(more);
        return all;
    }
}
