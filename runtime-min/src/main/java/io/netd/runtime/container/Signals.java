package io.netd.runtime.container;

import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.runtime.ContainerException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Signals to containers' first processes. */
final class Signals {
    private static final int KILL = 9;
    private static final int TERM = 15;
    private static final int LAST = 64;
    /** From the signal to the end of all that follows: network, log, files. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    void kill(LiveContainer container, String nameOrId, int signal) {
        if (signal < 1 || signal > LAST) {
            throw ContainerException.invalid("Invalid signal: " + signal);
        }
        if (!container.status().isLive() || !send(container, signal)) {
            throw ContainerException.conflict(
                    "Cannot kill container: " + nameOrId + ": Container " + container.id() + " is not running");
        }
    }

    void stop(LiveContainer container, Duration grace) {
        if (!container.status().isLive()) {
            return;
        }
        if (send(container, TERM) && !await(container, container.ended(), grace)) {
            send(container, KILL);
        }
        awaitSettled(container);
    }

    void killAndWait(LiveContainer container) {
        send(container, KILL);
        awaitSettled(container);
    }

    /** False when the process is gone already. */
    private static boolean send(LiveContainer container, int signal) {
        try {
            container.status().first().ifPresent(process -> process.signal(signal));
            return container.status().first().isPresent();
        } catch (LinuxException e) {
            if (e.errno() == Errno.ESRCH) {
                return false;
            }
            throw ContainerException.failed("signal container " + container.id() + ": " + e.getMessage(), e);
        }
    }

    private static void awaitSettled(LiveContainer container) {
        if (!await(container, container.settled(), SETTLING)) {
            throw ContainerException.failed(
                    "container " + container.id() + " does not end", new TimeoutException(SETTLING.toString()));
        }
    }

    private static boolean await(LiveContainer container, CompletionStage<Integer> end, Duration time) {
        try {
            end.toCompletableFuture().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !container.status().isLive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ContainerException.failed("interrupted while waiting for container " + container.id(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end never fails", e);
        }
    }
}
