package io.netd.engine.keep;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Gathers what comes in a burst and hands it on once, when nothing has come for a moment or the burst lasts too long. While
 * nothing comes, nothing happens. Any thread may report; the listener is called on a thread of its own, one burst at a time.
 */
final class Bursts implements AutoCloseable {
    /** A burst has ended when nothing came for so long. */
    static final Duration PAUSE = Duration.ofMillis(20);

    /** A longer burst is handed on in parts. */
    static final Duration LONGEST = Duration.ofSeconds(1);

    private final ScheduledExecutorService clock;
    private final Function<List<String>, Duration> listener;
    private Set<String> authors = new LinkedHashSet<>();
    private boolean scheduled;
    private long first;
    private long latest;
    private long notBefore = System.nanoTime();

    /**
     * @param listener gets the authors of a burst, each once, without those nobody knows; answers how long the next one has to
     *     wait at least
     */
    Bursts(Function<List<String>, Duration> listener) {
        this.listener = listener;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "keeper");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Something came.
     *
     * @param author whose doing it is; empty when nobody knows
     */
    synchronized void heard(String author) {
        latest = System.nanoTime();
        if (!author.isEmpty()) {
            authors.add(author);
        }
        if (!scheduled && !clock.isShutdown()) {
            scheduled = true;
            first = latest;
            schedule(Math.max(PAUSE.toNanos(), notBefore - latest));
        }
    }

    private void schedule(long nanos) {
        clock.schedule(this::tick, nanos, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        List<String> burst;
        synchronized (this) {
            long now = System.nanoTime();
            long rest = Math.min(latest + PAUSE.toNanos(), first + LONGEST.toNanos()) - now;
            if (rest > 0) {
                schedule(rest);
                return;
            }
            burst = List.copyOf(authors);
            authors = new LinkedHashSet<>();
            scheduled = false;
        }
        Duration pause = listener.apply(burst);
        synchronized (this) {
            notBefore = System.nanoTime() + pause.toNanos();
        }
    }

    /** Ends it; returns when the listener is not being called any more. */
    @Override
    public void close() {
        clock.shutdownNow();
        boolean interrupted = false;
        while (!clock.isTerminated()) {
            try {
                clock.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
