package io.netd.runtime.log;

import io.netd.linux.fs.FileFailure;
import io.netd.runtime.ContainerException;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The kernel's notices about directories that logs are in, for all followers together: inotify instances are few. One
 * thread of its own. Closing ends the notices, not the followers.
 */
public final class LogWatch implements AutoCloseable {
    private final WatchService service;
    private final Map<WatchKey, Set<Runnable>> listeners = new HashMap<>();

    private LogWatch(WatchService service) {
        this.service = service;
    }

    /** Starts watching nothing yet. */
    public static LogWatch open() {
        try {
            LogWatch watch = new LogWatch(FileSystems.getDefault().newWatchService());
            Thread thread = new Thread(watch::run, "netd-log-watch");
            thread.setDaemon(true);
            thread.start();
            return watch;
        } catch (IOException e) {
            throw ContainerException.failed("watch directories: " + FileFailure.reason(e), e);
        }
    }

    /** Runs the listener (briefly, please) after every change in the directory, from now until the subscription is closed. */
    synchronized Subscription subscribe(Path directory, Runnable listener) throws IOException {
        WatchKey key =
                directory.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
        listeners.computeIfAbsent(key, first -> new HashSet<>()).add(listener);
        return () -> unsubscribe(key, listener);
    }

    /** Ends on close. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private synchronized void unsubscribe(WatchKey key, Runnable listener) {
        Set<Runnable> others = listeners.getOrDefault(key, Set.of());
        others.remove(listener);
        if (others.isEmpty()) {
            key.cancel();
            listeners.remove(key);
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents();
                key.reset();
                tell(key);
            }
        } catch (ClosedWatchServiceException | InterruptedException closed) {
            return;
        }
    }

    private synchronized void tell(WatchKey key) {
        listeners.getOrDefault(key, Set.of()).forEach(Runnable::run);
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw ContainerException.failed("end the watch of directories: " + FileFailure.reason(e), e);
        }
    }
}
