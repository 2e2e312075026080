package io.netd.daemon.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Hears of DELs that clients put on disk because a daemon that lives did not answer in time. Left there, one of them
 * would meet the next attachment of the same name, perhaps days later.
 */
public final class QueueWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(QueueWatch.class.getName());

    private final WatchService service;
    private final DelQueue queue;

    private QueueWatch(WatchService service, DelQueue queue) {
        this.service = service;
        this.queue = queue;
    }

    /** Drains the queue on a thread of its own, now and after every change, until it is closed. */
    public static QueueWatch open(DelQueue queue) {
        try {
            Path directory = Files.createDirectories(queue.directory());
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            WatchService service = directory.getFileSystem().newWatchService();
            directory.register(service, StandardWatchEventKinds.ENTRY_CREATE);
            QueueWatch watch = new QueueWatch(service, queue);
            Thread thread = new Thread(watch::run, "netd-queue");
            thread.setDaemon(true);
            thread.start();
            return watch;
        } catch (IOException e) {
            throw new UncheckedIOException("watch " + queue.directory(), e);
        }
    }

    private void run() {
        try {
            drain();
            for (WatchKey key = service.take(); ; key = service.take()) {
                key.pollEvents();
                key.reset();
                drain();
            }
        } catch (ClosedWatchServiceException | InterruptedException closed) {
            return;
        }
    }

    private void drain() {
        try {
            queue.drain();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "queued DELs in " + queue.directory() + ": " + e, e);
        }
    }

    /** Hears no more; a DEL that is being carried out comes to its end. */
    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException("end the watch of " + queue.directory(), e);
        }
    }
}
