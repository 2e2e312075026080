package io.netd.daemon.container;

import io.netd.address.IpPrefix;
import io.netd.cni.ContainerId;
import io.netd.daemon.event.Address;
import io.netd.daemon.local.Wishes;
import io.netd.daemon.publish.Publications;
import io.netd.engine.AttachmentView;
import io.netd.engine.Engine;
import io.netd.engine.event.Events;
import io.netd.engine.event.TraceContext;
import io.netd.engine.network.ContainerAttach;
import io.netd.runtime.Attached;
import io.netd.runtime.ContainerEvents;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Has containers connected and disconnected by the engine, and announces what became of them. */
public final class ContainerNetwork implements ContainerEvents {
    private final Engine engine;
    private final Events events;

    /** Announces to {@code events}. */
    public ContainerNetwork(Engine engine, Events events) {
        this.engine = engine;
        this.events = events;
    }

    @Override
    public CompletionStage<Attached> created(Created event) {
        ContainerAttach request = new ContainerAttach(
                new ContainerId(event.id()),
                event.name(),
                event.network(),
                event.networkNamespace().toString(),
                Publications.requests(event.annotations()),
                Wishes.read(event.annotations()));
        TraceContext trace = TraceContext.current();
        return engine.attach(request).thenApply(attachment -> trace.during(() -> announce(event, attachment)));
    }

    private Attached announce(Created event, AttachmentView attachment) {
        List<String> addresses = attachment.addresses().stream()
                .map(IpPrefix::address)
                .map(Object::toString)
                .toList();
        String network = event.network().text();
        events.announce(
                Address.CONTAINER_CREATED.text(),
                event.id(),
                new ContainerChange(ContainerChange.VERSION, event.id(), event.name(), network, addresses, 0));
        return new Attached(addresses);
    }

    @Override
    public void started(Started event) {
        announce(Address.CONTAINER_STARTED, event.id(), event.name(), 0);
    }

    @Override
    public CompletionStage<Void> died(Died event) {
        return detach(event.id(), () -> announce(Address.CONTAINER_DIED, event.id(), event.name(), event.exitCode()));
    }

    @Override
    public CompletionStage<Void> removed(Removed event) {
        return detach(event.id(), () -> announce(Address.CONTAINER_REMOVED, event.id(), event.name(), 0));
    }

    /** The engine's stages complete on its workers, which are a part of no trace any more. */
    private CompletionStage<Void> detach(String id, Runnable announcement) {
        TraceContext trace = TraceContext.current();
        return engine.detach(new ContainerId(id))
                .thenApply(wasAttached -> trace.during(() -> {
                    announcement.run();
                    return null;
                }));
    }

    private void announce(Address address, String id, String name, int exitCode) {
        events.announce(
                address.text(), id, new ContainerChange(ContainerChange.VERSION, id, name, "", List.of(), exitCode));
    }
}
