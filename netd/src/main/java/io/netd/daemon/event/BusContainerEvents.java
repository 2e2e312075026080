package io.netd.daemon.event;

import io.netd.runtime.Attached;
import io.netd.runtime.ContainerEvents;
import io.netd.runtime.ContainerException;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.concurrent.CompletionStage;

/** The runtime's containers announce themselves on the bus, as everybody else's do. Any thread. */
public final class BusContainerEvents implements ContainerEvents {
    /** A busy host may take long over one container; without an answer by then something is broken. */
    private static final long ANSWER_MILLIS = 120_000;

    private final EventBus bus;
    private final ContainerTraces traces;

    /** On a bus whose codecs are registered. */
    public BusContainerEvents(EventBus bus, ContainerTraces traces) {
        this.bus = bus;
        this.traces = traces;
    }

    @Override
    public CompletionStage<Attached> created(Created event) {
        return this.<Attached>request(Address.CONTAINER_CREATED, event.id(), event);
    }

    @Override
    public void started(Started event) {
        bus.send(Address.CONTAINER_STARTED.text(), event, options(event.id()));
    }

    @Override
    public CompletionStage<Void> died(Died event) {
        return this.<Attached>request(Address.CONTAINER_DIED, event.id(), event).thenAccept(nothing -> {});
    }

    @Override
    public CompletionStage<Void> removed(Removed event) {
        return this.<Attached>request(Address.CONTAINER_REMOVED, event.id(), event)
                .thenAccept(nothing -> {});
    }

    private <T> CompletionStage<T> request(Address address, String id, Record event) {
        return bus.<T>request(address.text(), event, options(id))
                .map(Message::body)
                .recover(failure ->
                        io.vertx.core.Future.failedFuture(ContainerException.failed(failure.getMessage(), failure)))
                .toCompletionStage();
    }

    private DeliveryOptions options(String id) {
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(ANSWER_MILLIS);
        traces.of(id).fields().forEach(options::addHeader);
        return options;
    }
}
