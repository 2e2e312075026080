package io.netd.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A netd on a throw-away host, from its ready line to its end. */
final class Daemon implements AutoCloseable {
    private final Process process;
    private final StringBuffer log = new StringBuffer();

    private Daemon(Process process) {
        this.process = process;
    }

    /** Starts netd and waits for its ready line. */
    static Daemon start(Host host, String... options) {
        List<String> command =
                new ArrayList<>(List.of(Host.dist().resolve("bin/netd").toString()));
        command.addAll(List.of(options));
        Daemon daemon = new Daemon(host.start(command.toArray(String[]::new)));
        daemon.awaitReady();
        return daemon;
    }

    private void awaitReady() {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        try {
            String line = lines.readLine();
            while (line != null && !line.contains("netd is ready")) {
                log.append(line).append('\n');
                line = lines.readLine();
            }
            if (line == null) {
                throw new AssertionError("netd ended before it was ready:\n" + log);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Thread reader =
                new Thread(() -> lines.lines().forEach(line -> log.append(line).append('\n')));
        reader.setDaemon(true);
        reader.start();
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

    private void awaitEnd() {
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
