package io.netd.daemon.event;

import io.netd.engine.event.Event;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Publishes what the engine announces, in its order: at the event's own address, and at the address of all events. On a
 * thread of Vert.x's, so that nobody's answer waits for it.
 */
public final class EventPublisher implements Consumer<Event> {
    private static final int MOST_EARLY = 1000;
    private static final Logger LOG = System.getLogger(EventPublisher.class.getName());

    private final EventBus bus;
    private final Context context;
    private final String source;
    /** Used by the context's blocking work only. */
    private final List<JsonObject> early = new ArrayList<>();

    private boolean isStarting = true;

    /**
     * On a bus.
     *
     * @param source names this run of the daemon
     */
    public EventPublisher(Vertx vertx, String source) {
        this.bus = vertx.eventBus();
        this.context = vertx.getOrCreateContext();
        this.source = source;
    }

    /** What was announced up to now, while nobody could be connected; up to {@value #MOST_EARLY} events. Called once. */
    public Future<List<JsonObject>> endStart() {
        return context.executeBlocking(() -> {
            isStarting = false;
            return List.copyOf(early);
        });
    }

    @Override
    public void accept(Event event) {
        // One context's blocking work is done in the order it came.
        context.executeBlocking(() -> publish(event))
                .onFailure(failure -> LOG.log(Level.WARNING, "cannot publish " + event, failure));
    }

    private Event publish(Event event) {
        JsonObject json = EventJson.of(event, source);
        if (isStarting && early.size() < MOST_EARLY) {
            early.add(json);
        }
        bus.publish(Address.EVENTS.text(), json);
        if (Address.isPublished(event.address())) {
            bus.publish(event.address(), json);
        }
        return event;
    }
}
