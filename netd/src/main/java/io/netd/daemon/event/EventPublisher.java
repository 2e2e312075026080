package io.netd.daemon.event;

import io.netd.engine.event.Event;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/** Publishes what the engine announces: at the event's own address, and at the address of all events. */
public final class EventPublisher implements Consumer<Event> {
    private final EventBus bus;
    private final String source;

    /**
     * On a bus.
     *
     * @param source names this run of the daemon
     */
    public EventPublisher(EventBus bus, String source) {
        this.bus = bus;
        this.source = source;
    }

    @Override
    public void accept(Event event) {
        JsonObject json = EventJson.of(event, source);
        bus.publish(Address.EVENTS.text(), json);
        if (Address.isPublished(event.address())) {
            bus.publish(event.address(), json);
        }
    }
}
