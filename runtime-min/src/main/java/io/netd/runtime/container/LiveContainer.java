package io.netd.runtime.container;

import io.netd.runtime.ContainerView;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One container in memory. Whoever changes it holds its turn; looking at it needs nothing. Readers of its log hold the
 * shared side of {@link #log}, so that a removal waits for them.
 */
final class LiveContainer {
    private final ContainerRecord record;
    private final ContainerFiles files;
    private final ReentrantLock turn = new ReentrantLock();
    private final ReadWriteLock log = new ReentrantReadWriteLock();
    private volatile Status status;
    private volatile CompletableFuture<Integer> ended = new CompletableFuture<>();
    private volatile CompletableFuture<Integer> settled = new CompletableFuture<>();
    private volatile boolean removed;

    LiveContainer(ContainerRecord record, ContainerFiles files, Status status) {
        this.record = record;
        this.files = files;
        this.status = status;
        announceEnd();
        announceSettled();
    }

    ContainerRecord record() {
        return record;
    }

    ContainerFiles files() {
        return files;
    }

    String id() {
        return record.id();
    }

    Status status() {
        return status;
    }

    ReadWriteLock log() {
        return log;
    }

    boolean isRemoved() {
        return removed;
    }

    /** Completes with the exit code at the end of the present run, or of the next one. */
    CompletionStage<Integer> ended() {
        return ended;
    }

    /** Like {@link #ended}, but after all that follows the end: one that is removed when it is done has gone by then. */
    CompletionStage<Integer> settled() {
        return settled;
    }

    /** Does something that nobody else changes the container during; false, and nothing done, when it has been removed. */
    boolean inTurn(Runnable deed) {
        turn.lock();
        try {
            boolean isThere = !removed;
            if (isThere) {
                deed.run();
            }
            return isThere;
        } finally {
            turn.unlock();
        }
    }

    /** A new state, on disk before anybody sees it. */
    void become(Status next) {
        files.write(next);
        if (next.isLive() && ended.isDone()) {
            ended = new CompletableFuture<>();
            settled = new CompletableFuture<>();
        }
        status = next;
    }

    /** Tells those who wait for the end. */
    void announceEnd() {
        status.exitCode().ifPresent(ended::complete);
    }

    /** Tells those who wait for what follows the end. */
    void announceSettled() {
        status.exitCode().ifPresent(settled::complete);
    }

    void markRemoved() {
        removed = true;
        ended.complete(status.exitCode().orElse(0));
        settled.complete(status.exitCode().orElse(0));
    }

    ContainerView view() {
        Status now = status;
        return new ContainerView(
                record.id(),
                record.name(),
                record.hostname(),
                record.imageId(),
                record.spec(),
                record.command(),
                record.created(),
                now.state(),
                now.run(),
                now.attached(),
                files.data());
    }
}
