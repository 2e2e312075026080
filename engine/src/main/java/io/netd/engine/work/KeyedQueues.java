package io.netd.engine.work;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Runs tasks of one key one after the other, in the order they came, and tasks of different keys
 * side by side. A key costs nothing while it has no task. Any thread may submit.
 *
 * @param <K> what tasks are ordered by
 */
public final class KeyedQueues<K> {
    private final Map<K, Queue<Runnable>> waiting = new HashMap<>();
    private final Executor executor;
    private final int limit;
    private int pending;

    /**
     * @param executor where tasks run
     * @param limit how many tasks may wait or run at a time, over all keys
     */
    public KeyedQueues(Executor executor, int limit) {
        this.executor = executor;
        this.limit = limit;
    }

    /**
     * Queues a task behind those of the same key.
     *
     * @return its outcome, completed on the thread that ran it
     * @throws QueueFullException when too much waits already; the task will not run
     */
    public <T> CompletionStage<T> submit(K key, Supplier<T> task) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Runnable step = () -> finish(key, task, outcome);
        synchronized (this) {
            if (pending >= limit) {
                throw new QueueFullException("netd is busy: " + limit + " requests are waiting");
            }
            pending++;
            Queue<Runnable> queue = waiting.get(key);
            if (queue != null) {
                queue.add(step);
                return outcome;
            }
            waiting.put(key, new ArrayDeque<>());
        }
        executor.execute(step);
        return outcome;
    }

    /** Waits until nothing is queued or running. */
    public synchronized void drain() throws InterruptedException {
        while (pending > 0) {
            wait();
        }
    }

    /** Frees the key before the outcome is told, so that a submitter who hears of it finds the queue moved on. */
    private <T> void finish(K key, Supplier<T> task, CompletableFuture<T> outcome) {
        Runnable tell = run(task, outcome);
        next(key);
        tell.run();
    }

    private static <T> Runnable run(Supplier<T> task, CompletableFuture<T> outcome) {
        try {
            T result = task.get();
            return () -> outcome.complete(result);
        } catch (RuntimeException e) {
            return () -> outcome.completeExceptionally(e);
        } catch (Error e) {
            // The worker ends with it: it may be in a namespace that is not its own.
            return () -> {
                outcome.completeExceptionally(e);
                throw e;
            };
        }
    }

    private void next(K key) {
        Runnable following;
        synchronized (this) {
            following = waiting.get(key).poll();
            if (following == null) {
                waiting.remove(key);
            }
            if (--pending == 0) {
                notifyAll();
            }
        }
        if (following != null) {
            executor.execute(following);
        }
    }
}
