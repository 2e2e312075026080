package io.netd.runtime.log;

import io.netd.runtime.LogLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A place in a log that goes on to the next file when the present one is rotated away. One thread. */
final class LogCursor implements AutoCloseable {
    private final Path file;
    private Optional<LogFile> current = Optional.empty();

    LogCursor(Path file) {
        this.file = file;
    }

    /** Hands over everything up to the present end. */
    void advance(Consumer<LogLine> sink) throws IOException {
        while (true) {
            if (current.isEmpty()) {
                current = LogFile.open(file);
            }
            if (current.isEmpty()) {
                return;
            }
            LogFile log = current.get();
            log.drain(sink);
            if (log.isStillAt(file)) {
                return;
            }
            // Nothing is written to a file after its rotation: what came before it is read now.
            log.drain(sink);
            close();
        }
    }

    @Override
    public void close() throws IOException {
        if (current.isPresent()) {
            current.get().close();
            current = Optional.empty();
        }
    }
}
