package io.netd.runtime.container;

import io.netd.runtime.Attached;
import io.netd.runtime.ContainerEvents;
import io.netd.runtime.ContainerException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Tells {@link ContainerEvents} and waits for the answers that matter, within bounds. */
final class Announcer {
    private static final System.Logger LOG = System.getLogger(Announcer.class.getName());
    private static final long PATIENCE_SECONDS = 60;

    private final ContainerEvents events;

    Announcer(ContainerEvents events) {
        this.events = events;
    }

    /** The answer, or the reason why the container cannot be connected. */
    Attached created(ContainerEvents.Created event) {
        try {
            return await(() -> events.created(event));
        } catch (ExecutionException e) {
            throw ContainerException.failed(reason(e.getCause()), e.getCause());
        }
    }

    void started(ContainerEvents.Started event) {
        try {
            events.started(event);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "container " + event.id() + " started, but a listener failed", e);
        }
    }

    /** The end of a container is a fact: a listener's failure is only noted. */
    void died(ContainerEvents.Died event) {
        note("died", event.id(), () -> events.died(event));
    }

    void removed(ContainerEvents.Removed event) {
        note("removed", event.id(), () -> events.removed(event));
    }

    private static void note(String what, String id, Supplier<CompletionStage<Void>> announcement) {
        try {
            await(announcement);
        } catch (ExecutionException | ContainerException e) {
            LOG.log(Level.WARNING, "container " + id + " " + what + ", but a listener failed", e);
        }
    }

    private static <T> T await(Supplier<CompletionStage<T>> call) throws ExecutionException {
        try {
            return call.get().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw ContainerException.failed("no answer about the container's network in " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ContainerException.failed("interrupted while the container was being connected", e);
        } catch (ExecutionException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ExecutionException(e);
        }
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }
}
