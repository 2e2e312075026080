package io.netd.runtime.container;

import io.netd.runtime.ContainerException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Threads for what must not be left half done. A caller is interrupted at any instruction when nobody waits for it any
 * more; an interrupted thread can neither write a file nor wait, not even to take back what it began. Nobody interrupts
 * these threads.
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

    /** Does it to its end, and fails as it fails; an interrupt of the caller shows only after it. */
    void complete(Runnable deed) {
        result(() -> {
            deed.run();
            return true;
        });
    }

    /** {@link #complete} for what has a result. */
    <T> T result(Supplier<T> deed) {
        try {
            return CompletableFuture.supplyAsync(deed, threads).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        } catch (RejectedExecutionException e) {
            throw ContainerException.failed("the daemon stops", e);
        }
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
