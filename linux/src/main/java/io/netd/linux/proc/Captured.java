package io.netd.linux.proc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads one output of a program to its end on a thread of its own and keeps its beginning. */
final class Captured {
    private static final int BUFFER = 8192;
    /** A background child may hold the output open long after the program's end: what it writes then is not waited for. */
    private static final long STRAGGLER_MILLIS = 500;

    private final InputStream stream;
    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread thread;

    private Captured(InputStream stream, int limit, String name) {
        this.stream = stream;
        this.limit = limit;
        this.thread = new Thread(this::read, name);
    }

    static Captured start(InputStream stream, int limit, String name) {
        Captured started = new Captured(stream, limit, name);
        started.thread.setDaemon(true);
        started.thread.start();
        return started;
    }

    private void read() {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                kept.write(buffer, 0, Math.min(n, limit - kept.size()));
            }
        } catch (IOException e) {
            // The JDK closes the stream of a killed program under its reader; what was read counts.
            return;
        }
    }

    /** What was kept; to be asked after the program's end. */
    String text() throws InterruptedException {
        thread.join(STRAGGLER_MILLIS);
        return kept.toString(StandardCharsets.UTF_8);
    }
}
