package io.netd.runtime.container;

import io.netd.runtime.ContainerException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Threads for what must not be left half done. A caller may be interrupted at any instruction, because its client has
 * gone; an interrupted thread can neither write a file nor wait, not even to take back what it began.
 */
final class Deeds implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool(Deeds::thread);
    private final Duration patience;

    /** Closing waits this long for what is under way. */
    Deeds(Duration patience) {
        this.patience = patience;
    }

    private static Thread thread(Runnable deed) {
        Thread thread = new Thread(deed, "netd-container-deed");
        thread.setDaemon(true);
        return thread;
    }

    /** Does it some time soon. */
    void begin(Runnable deed) {
        threads.execute(deed);
    }

    /** Does it to its end, and fails as it fails; an interrupt of the caller shows after it. */
    <T> T complete(Supplier<T> deed) {
        Future<T> done;
        try {
            done = threads.submit(deed::get);
        } catch (RejectedExecutionException e) {
            throw ContainerException.failed("the daemon stops", e);
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return done.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException failure(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new CancellationException(cause.toString());
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            boolean ignored = threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
