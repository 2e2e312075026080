package io.netd.netctl.command;

import io.netd.netctl.api.Netd;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Shows a program's output on the user's own streams, byte for byte. */
final class Chunks {
    private Chunks() {}

    /** A sink that writes to the session's terminal and flushes after each chunk. */
    static Consumer<Netd.LogChunk> to(Session session) {
        return chunk -> {
            OutputStream stream = chunk.toError()
                    ? session.terminal().err()
                    : session.terminal().out();
            try {
                stream.write(chunk.bytes());
                stream.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
