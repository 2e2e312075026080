package io.netd.daemon.event;

import io.netd.engine.event.TraceContext;
import io.netd.runtime.Attached;
import io.netd.runtime.ContainerEvents;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Hears on the bus what becomes of containers, has them connected and disconnected, and answers. */
public final class EventDoor extends VerticleBase {
    private static final Logger LOG = System.getLogger(EventDoor.class.getName());
    private static final int INVALID = 7;
    private static final int FAILED = 999;

    private final ContainerEvents engine;

    /** A door in front of whoever connects containers. */
    public EventDoor(ContainerEvents engine) {
        this.engine = engine;
    }

    @Override
    public Future<?> start() {
        serve(Address.CONTAINER_CREATED, body -> engine.created(ContainerMessages.created(body)));
        serve(Address.CONTAINER_STARTED, body -> {
            engine.started(ContainerMessages.started(body));
            return Future.succeededFuture(Attached.NOWHERE).toCompletionStage();
        });
        serve(
                Address.CONTAINER_DIED,
                body -> engine.died(ContainerMessages.died(body)).thenApply(nothing -> Attached.NOWHERE));
        serve(
                Address.CONTAINER_REMOVED,
                body -> engine.removed(ContainerMessages.removed(body)).thenApply(nothing -> Attached.NOWHERE));
        return Future.succeededFuture();
    }

    private void serve(Address address, Function<Object, CompletionStage<Attached>> action) {
        vertx.eventBus().<Object>localConsumer(address.text(), message -> answer(address, message, action));
    }

    private void answer(Address address, Message<Object> message, Function<Object, CompletionStage<Attached>> action) {
        try {
            TraceContext trace = TraceContext.ofHeaders(message.headers()::get);
            Future.fromCompletionStage(trace.during(() -> action.apply(message.body())), context)
                    .onComplete(
                            attached -> message.reply(ContainerMessages.answer(message.body(), attached)),
                            failure -> refuse(address, message, FAILED, failure));
        } catch (IllegalArgumentException | ClassCastException e) {
            refuse(address, message, INVALID, e);
        } catch (RuntimeException e) {
            refuse(address, message, FAILED, e);
        }
    }

    private static void refuse(Address address, Message<Object> message, int code, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String text = Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
        LOG.log(Level.WARNING, address.text() + ": " + text);
        LOG.log(Level.DEBUG, address.text() + " failed", cause);
        message.fail(code, text);
    }
}
