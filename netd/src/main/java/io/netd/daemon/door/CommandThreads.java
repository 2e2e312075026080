package io.netd.daemon.door;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of running command lines, one each: most of them wait (logs -f, wait, events). */
final class CommandThreads {
    private static final int MOST = 512;
    private static final int IDLE_SECONDS = 10;
    private static final int STACK_BYTES = 512 << 10;

    private CommandThreads() {}

    static ExecutorService open() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(0, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(null, work, "netd-command-" + number.incrementAndGet(), STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        });
    }
}
