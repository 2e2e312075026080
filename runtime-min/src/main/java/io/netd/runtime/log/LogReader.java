package io.netd.runtime.log;

import io.netd.linux.fs.FileFailure;
import io.netd.runtime.ContainerException;
import io.netd.runtime.LogLine;
import io.netd.runtime.LogSelection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Reads a container's log, the rotated part ({@code FILE.1}) first. Follows by the kernel's notices about the log's
 * directory; the end of the container wakes it too.
 */
public final class LogReader {
    private static final String ROTATED = ".1";

    private final Path file;
    private final LogWatch watch;

    /** The log at this path, which need not exist yet. */
    public LogReader(Path file, LogWatch watch) {
        this.file = file;
        this.watch = watch;
    }

    /**
     * Hands over lines in order; returns at the end, when following once {@code ended} is complete and everything is
     * read, or when interrupted (and stays interrupted).
     */
    public void read(LogSelection selection, CompletionStage<?> ended, Consumer<LogLine> sink) {
        try (LogCursor cursor = new LogCursor(file)) {
            if (selection.follow()) {
                follow(cursor, selection, ended.toCompletableFuture(), sink);
            } else {
                readPresent(cursor, selection, sink);
            }
        } catch (IOException e) {
            throw ContainerException.failed("read the log " + file + ": " + FileFailure.reason(e), e);
        }
    }

    private void readPresent(LogCursor cursor, LogSelection selection, Consumer<LogLine> sink) throws IOException {
        LogTail tail = new LogTail(selection.tail(), sink);
        Optional<LogFile> old = LogFile.open(file.resolveSibling(file.getFileName() + ROTATED));
        if (old.isPresent()) {
            try (LogFile rotated = old.get()) {
                rotated.drain(tail);
            }
        }
        cursor.advance(tail);
        tail.release();
    }

    /** Watch first, read then: what is written in between is both read and announced, never lost. */
    private void follow(LogCursor cursor, LogSelection selection, CompletableFuture<?> ended, Consumer<LogLine> sink)
            throws IOException {
        Semaphore news = new Semaphore(0);
        CompletableFuture<Void> end = ended.thenRun(news::release);
        LogWatch.Subscription changes = watch.subscribe(file.getParent(), news::release);
        try {
            readPresent(cursor, selection, sink);
            while (!ended.isDone()) {
                news.acquire();
                news.drainPermits();
                cursor.advance(sink);
            }
            cursor.advance(sink);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            changes.close();
            end.cancel(false);
        }
    }
}
