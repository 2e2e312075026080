package io.netd.runtime.log;

import io.netd.runtime.ContainerException;
import io.netd.runtime.LogLine;
import io.netd.runtime.LogSelection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Reads a container's log, the rotated part ({@code FILE.1}) first. Follows by the kernel's notices about the log's
 * directory; the end of the container wakes it too.
 */
public final class LogReader {
    private static final String ROTATED = ".1";

    private final Path file;

    /** The log at this path, which need not exist yet. */
    public LogReader(Path file) {
        this.file = file;
    }

    /**
     * Hands over lines in order; returns at the end, when following once {@code ended} is complete and everything is
     * read, or when interrupted (and stays interrupted).
     */
    public void read(LogSelection selection, CompletionStage<?> ended, Consumer<LogLine> sink) {
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            // Watch first, read then: what is written in between is both read and announced, never lost.
            file.getParent()
                    .register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            LogTail tail = new LogTail(selection.tail(), sink);
            readRotated(tail);
            try (LogCursor cursor = new LogCursor(file)) {
                cursor.advance(tail);
                tail.release();
                if (selection.follow()) {
                    follow(cursor, watch, ended, sink);
                }
            }
        } catch (IOException e) {
            throw ContainerException.failed("read the log " + file + ": " + e.getMessage(), e);
        }
    }

    private void readRotated(Consumer<LogLine> sink) throws IOException {
        Optional<LogFile> old = LogFile.open(file.resolveSibling(file.getFileName() + ROTATED));
        if (old.isPresent()) {
            try (LogFile rotated = old.get()) {
                rotated.drain(sink);
            }
        }
    }

    /** The end of the container closes the watch, which is what wakes a thread that waits for the next notice. */
    private static void follow(LogCursor cursor, WatchService watch, CompletionStage<?> ended, Consumer<LogLine> sink)
            throws IOException {
        ended.whenComplete((code, failure) -> close(watch));
        try {
            while (true) {
                WatchKey key = watch.take();
                key.pollEvents();
                key.reset();
                cursor.advance(sink);
            }
        } catch (ClosedWatchServiceException containerEnded) {
            cursor.advance(sink);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(WatchService watch) {
        try {
            watch.close();
        } catch (IOException e) {
            throw new UncheckedIOException("close a directory watch", e);
        }
    }
}
