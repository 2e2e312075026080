package io.netd.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A netd on a throw-away host, from its ready line to its end. */
final class Daemon implements AutoCloseable {
    private static final String READY = " is ready after ";
    private static final int READY_SECONDS = 30;
    private final Process process;
    private final StringBuffer log = new StringBuffer();

    private Daemon(Process process) {
        this.process = process;
    }

    /** Starts netd and waits for its ready line. */
    static Daemon start(Host host, String... options) {
        List<String> command =
                new ArrayList<>(List.of(Host.dist().resolve("bin/netd").toString()));
        // Cgroups are the machine's: these shall not meet those of another netd.
        command.addAll(List.of("--cgroup-parent", Host.CGROUPS));
        command.addAll(List.of(options));
        Daemon daemon = new Daemon(host.start(command.toArray(String[]::new)));
        daemon.awaitReady();
        return daemon;
    }

    private void awaitReady() {
        CountDownLatch ready = new CountDownLatch(1);
        Thread reader = new Thread(() -> read(ready), "netd-log");
        reader.setDaemon(true);
        reader.start();
        try {
            boolean inTime = ready.await(READY_SECONDS, TimeUnit.SECONDS);
            if (!log.toString().contains(READY)) {
                failWithThreads(inTime ? "netd ended before it was ready" : "netd does not become ready", reader);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A JVM prints its threads on SIGQUIT. */
    private void failWithThreads(String message, Thread reader) throws InterruptedException {
        Shell.run(List.of("kill", "-QUIT", Long.toString(pid())), Map.of(), new byte[0]);
        reader.join(TimeUnit.SECONDS.toMillis(2));
        process.destroyForcibly();
        throw new AssertionError(message + ":\n" + log);
    }

    private void read(CountDownLatch ready) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                append(line + '\n');
                if (line.contains(READY)) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            append(e.getMessage() + '\n');
        } finally {
            ready.countDown();
        }
    }

    private void append(String text) {
        synchronized (log) {
            log.append(text);
            log.notifyAll();
        }
    }

    /** Waits for words in its log: what it writes before it answers may be read here behind the answer. */
    void awaitLog(String words) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        synchronized (log) {
            while (!log.toString().contains(words) && System.nanoTime() < end) {
                try {
                    TimeUnit.SECONDS.timedWait(log, 1);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
        if (!log.toString().contains(words)) {
            throw new AssertionError("netd's log does not say \"" + words + "\":\n" + log);
        }
    }

    long pid() {
        return process.pid();
    }

    String log() {
        return log.toString();
    }

    /** Ends it the orderly way. */
    void terminate() {
        process.destroy();
        awaitEnd();
    }

    /** Ends it with SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Waits for its end, which somebody else has asked for. */
    void awaitEnd() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("netd does not end:\n" + log);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
        }
    }
}
