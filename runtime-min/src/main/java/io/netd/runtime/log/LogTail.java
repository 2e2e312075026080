package io.netd.runtime.log;

import io.netd.runtime.LogLine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Keeps only the last lines until they are released; passes everything on at once when all are wanted. */
final class LogTail implements Consumer<LogLine> {
    private final OptionalInt wanted;
    private final Consumer<LogLine> sink;
    private final Deque<LogLine> kept = new ArrayDeque<>();

    LogTail(OptionalInt wanted, Consumer<LogLine> sink) {
        this.wanted = wanted;
        this.sink = sink;
    }

    @Override
    public void accept(LogLine line) {
        if (wanted.isEmpty()) {
            sink.accept(line);
            return;
        }
        kept.addLast(line);
        if (kept.size() > wanted.getAsInt()) {
            kept.removeFirst();
        }
    }

    void release() {
        kept.forEach(sink);
        kept.clear();
    }
}
