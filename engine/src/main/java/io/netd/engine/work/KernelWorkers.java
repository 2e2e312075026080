package io.netd.engine.work;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small pool of platform threads for work that enters namespaces or waits for the kernel: a
 * namespace belongs to a thread of the operating system. Threads that idle for long go away.
 */
public final class KernelWorkers {
    private static final int IDLE_SECONDS = 60;

    private KernelWorkers() {}

    /** A pool of at most this many threads, which run until it is shut down. */
    public static ExecutorService open(int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "netd-kernel-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
