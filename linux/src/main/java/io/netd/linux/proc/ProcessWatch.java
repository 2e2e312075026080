package io.netd.linux.proc;

import io.netd.linux.sys.Epoll;
import io.netd.linux.sys.Fd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tells when processes end, children or not, on one thread of its own. Thread-safe. */
public final class ProcessWatch implements AutoCloseable {
    private record Watched(Fd pidfd, Runnable action) {}

    private final Epoll epoll = Epoll.open();
    private final Map<Long, Watched> watched = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::loop, "process watch");
    private boolean closed;

    private ProcessWatch() {}

    /** Starts watching; {@link #close} ends it. */
    public static ProcessWatch open() {
        ProcessWatch opened = new ProcessWatch();
        opened.thread.setDaemon(true);
        opened.thread.start();
        return opened;
    }

    /**
     * Runs a short action once when the process has ended, on the watching thread; if it has ended already, now and on
     * the calling thread. What the action throws goes to the thread's uncaught exception handler.
     *
     * @throws IllegalStateException when this is closed
     */
    public void onExit(ProcessId process, Runnable action) {
        Optional<Fd> pidfd = process.openPidfd();
        if (pidfd.isEmpty()) {
            action.run();
            return;
        }
        add(pidfd.get(), action);
    }

    private synchronized void add(Fd pidfd, Runnable action) {
        if (closed) {
            pidfd.close();
            throw new IllegalStateException("the process watch is closed");
        }
        long key = pidfd.number();
        watched.put(key, new Watched(pidfd, action));
        epoll.add(pidfd, key);
    }

    private void loop() {
        for (List<Long> ended = epoll.await(); !ended.isEmpty(); ended = epoll.await()) {
            ended.forEach(this::finish);
        }
        watched.values().forEach(left -> left.pidfd().close());
        epoll.close();
    }

    private void finish(long key) {
        // The number is free for the next process only after the close. The close alone does not end the notices: a
        // child
        // that has not come to its exec yet holds a copy of the descriptor.
        Watched done = watched.remove(key);
        epoll.remove(done.pidfd());
        done.pidfd().close();
        try {
            done.action().run();
        } catch (RuntimeException e) {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** Stops watching; actions not yet run are forgotten. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            epoll.wake();
        }
    }
}
