package io.netd.engine.work;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A small pool of platform threads for work that enters namespaces or waits for the kernel: a
 * namespace belongs to a thread of the operating system. Threads that idle for long go away. Work that
 * waits for somebody else's program lends its place to other work meanwhile.
 */
public final class KernelWorkers implements Executor {
    private static final int IDLE_SECONDS = 60;

    /** So many programs may run at a time, each with a worker that waits for it. */
    private static final int MOST_LENT = 256;

    private final ThreadPoolExecutor pool;
    private final int threads;
    private final int mostLent;
    private int lent;

    private KernelWorkers(int threads, int mostLent) {
        AtomicInteger number = new AtomicInteger();
        this.threads = threads;
        this.mostLent = mostLent;
        this.pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "netd-kernel-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /** A pool of at most this many threads that work, which run until it is shut down. */
    public static KernelWorkers open(int threads) {
        return open(threads, MOST_LENT);
    }

    /** The same, with so many places at most that are lent at a time. */
    static KernelWorkers open(int threads, int mostLent) {
        return new KernelWorkers(threads, mostLent);
    }

    @Override
    public void execute(Runnable work) {
        pool.execute(work);
    }

    /**
     * Runs what waits for somebody else, on the calling worker, while another works in its place.
     *
     * @throws QueueFullException when too many wait already; nothing was run
     */
    public <T> T lending(Supplier<T> wait) {
        lend(1);
        try {
            return wait.get();
        } finally {
            lend(-1);
        }
    }

    private synchronized void lend(int change) {
        if (lent + change > mostLent) {
            throw new QueueFullException("netd is busy: " + mostLent + " programs are running");
        }
        lent += change;
        // Neither bound may pass the other on the way.
        if (change > 0) {
            pool.setMaximumPoolSize(threads + lent);
            pool.setCorePoolSize(threads + lent);
        } else {
            pool.setCorePoolSize(threads + lent);
            pool.setMaximumPoolSize(threads + lent);
        }
    }

    /** Takes no more work; what was taken is done. */
    public void shutdown() {
        pool.shutdown();
    }
}
