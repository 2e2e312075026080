package io.netd.engine;

import io.netd.address.Protocol;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniRequest;
import io.netd.cni.CniResult;
import io.netd.cni.ContainerId;
import io.netd.engine.attach.Hops;
import io.netd.engine.attach.Order;
import io.netd.engine.event.Event;
import io.netd.engine.host.HostRef;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Origin;
import io.netd.engine.keep.Keeper;
import io.netd.engine.network.ContainerAttach;
import io.netd.engine.network.NetworkRequest;
import io.netd.engine.network.NetworkView;
import io.netd.engine.network.WantedAddresses;
import io.netd.engine.tracing.TraceQuestion;
import io.netd.engine.tracing.Tracing;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortRequest;
import io.netd.portmap.UnheldPort;
import io.netd.runtime.NetworkMode;
import io.netd.trace.PacketTrace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * All that netd does with networks. Requests may come from any thread, which they do not block; work
 * runs on kernel workers. Every stage fails with a {@code CniException} and nothing else, and
 * completes on a worker. A {@link HostRef} that is handed in belongs to the engine, which closes it
 * before the stage completes.
 */
public final class Engine implements AutoCloseable {
    /** Whose turn it is when networks are changed, repaired or taken away. */
    private static final String NETWORKS = "start";

    private final Rooms rooms;
    private final LinkWatch watch = new LinkWatch();
    private final Keeper keeper;

    Engine(Rooms rooms) {
        this.rooms = rooms;
        this.keeper = rooms.keeper();
    }

    /**
     * Takes up what an earlier engine left on our own host: finishes what broke off, lets go of
     * attachments whose namespace died, binds ports again, makes the default network and puts missing
     * rules back. From then on it hears of namespaces that die and of rules that somebody changes. For a daemon: call once, before
     * requests; an engine for one call does without.
     */
    public CompletionStage<Void> start() {
        return rooms.hops().run(HostRef.own(), "start", host -> {
            keeper.open();
            rooms.start(host);
            watch.open(rooms.deaths());
            return null;
        });
    }

    /** A runtime's ADD for one plugin. */
    public CompletionStage<CniResult> add(HostRef ref, CniRequest request) {
        return Hops.prepared(ref, () -> {
            Order order = Order.of(request, ref.asker());
            return rooms.attachments().add(ref, order).thenApply(attachment -> resultOf(attachment, order));
        });
    }

    /** A runtime's DEL for one plugin; what is not there is no error. */
    public CompletionStage<Void> del(HostRef ref, CniRequest request) {
        return Hops.prepared(ref, () -> rooms.attachments().del(ref, Order.of(request, ref.asker())));
    }

    /** A runtime's CHECK for one plugin. */
    public CompletionStage<Void> check(HostRef ref, CniRequest request) {
        return Hops.prepared(ref, () -> rooms.attachments().check(ref, Order.of(request, ref.asker())));
    }

    /** A runtime's STATUS. */
    public CompletionStage<Void> status(HostRef ref, CniRequest request) {
        return Hops.prepared(ref, () -> rooms.upkeep().status(ref, request));
    }

    /** A runtime's GC. */
    public CompletionStage<Void> gc(HostRef ref, CniRequest request) {
        return Hops.prepared(ref, () -> rooms.upkeep().gc(ref, request));
    }

    /**
     * Refuses in Docker's words addresses that a container of netd's own cannot have.
     *
     * @throws IllegalArgumentException saying why
     */
    public void requireAddresses(NetworkMode mode, WantedAddresses wanted) {
        rooms.networks().requireAddresses(rooms.hosts().ownKey(), mode, wanted);
    }

    /** Connects a container of netd's own. */
    public CompletionStage<AttachmentView> attach(ContainerAttach container) {
        return Hops.prepared(
                HostRef.own(),
                () -> rooms.connections()
                        .attach(rooms.hosts().ownKey(), container)
                        .thenApply(AttachmentView::of));
    }

    /** Disconnects a container of netd's own; whether it was connected. */
    public CompletionStage<Boolean> detach(ContainerId container) {
        return rooms.connections().detach(container);
    }

    /** Publishes more ports of an attachment of our own host, all of them or none. */
    public CompletionStage<List<PortMapping>> publish(AttachmentId id, List<PortRequest> wanted) {
        return rooms.livePorts().publish(id, wanted);
    }

    /** Takes back every published port of an attachment that fits one of the requests, each of which must have one. */
    public CompletionStage<List<PortMapping>> unpublish(AttachmentId id, List<PortRequest> which) {
        return rooms.livePorts().unpublish(id, which);
    }

    /** The requests as they are published for an attachment, with the host address that is meant where they name none. */
    public List<PortRequest> placed(AttachmentId id, List<PortRequest> wanted) {
        return rooms.livePorts().placed(rooms.hosts().ownKey(), id, wanted);
    }

    /** Who has a port of our own host, by its books and by its sockets; looks into /proc. */
    public PortUse portUse(Protocol protocol, int port) {
        return PortUse.of(rooms.hosts().ownPorts(), attachments(), protocol, port);
    }

    /** How many host ports are held by a socket. */
    public int heldPorts() {
        return rooms.hosts().ownPorts().heldSockets();
    }

    /** The published ports that no socket holds, because somebody had them when this was started; looks into /proc. */
    public List<UnheldPort> unheldPorts() {
        return rooms.hosts().ownPorts().unheld();
    }

    /** The networks of our own host. */
    public List<NetworkView> networks() {
        return rooms.networks().list(rooms.hosts().ownKey());
    }

    /** Makes a network on our own host. */
    public CompletionStage<NetworkView> createNetwork(NetworkRequest request) {
        return rooms.hops()
                .run(HostRef.own(), NETWORKS, host -> rooms.networks().create(host, request));
    }

    /** Removes a network that was made so, unless something is connected to it. */
    public CompletionStage<Void> removeNetwork(String name) {
        return rooms.hops().run(HostRef.own(), NETWORKS, host -> {
            rooms.networks().remove(host, name);
            return null;
        });
    }

    /** The attachments of our own host, oldest first. */
    public List<AttachmentView> attachments() {
        return rooms.journal().of(rooms.hosts().ownKey()).stream()
                .sorted(Comparator.comparing(Attachment::since))
                .map(AttachmentView::of)
                .toList();
    }

    /** The attachment of a container of netd's own. */
    public Optional<AttachmentView> attachment(String containerId) {
        return rooms.journal().of(rooms.hosts().ownKey()).stream()
                .filter(attachment -> attachment.container().value().equals(containerId))
                .filter(attachment -> attachment.origin().maker().equals(Origin.NETD))
                .map(AttachmentView::of)
                .findFirst();
    }

    /** What on our own host is otherwise than it should be, in words. Blocks until the kernel has told. */
    public List<String> drift() {
        List<String> drift = new ArrayList<>();
        if (!keeper.complaint().isEmpty()) {
            drift.add(keeper.complaint());
        }
        drift.addAll(new WantedRules(rules().toCompletableFuture().join()).missing());
        drift.addAll(rooms.hops()
                .run(
                        HostRef.own(),
                        "rules",
                        host -> new WantedTraces(rooms.journal().of(host.key())).drift(host))
                .toCompletableFuture()
                .join());
        return List.copyOf(drift);
    }

    /**
     * The rules that netd wants on our own host, owner by owner, compared with the kernel's; without those that wait for a
     * chain of somebody else's.
     */
    public CompletionStage<List<RuleView>> rules() {
        return rooms.hops()
                .run(
                        HostRef.own(),
                        "rules",
                        host -> WantedRules.of(host.firewall()).views());
    }

    /** Has a packet of our own host sent and followed; one at a time, each up to some seconds. */
    public CompletionStage<PacketTrace> trace(TraceQuestion question) {
        return rooms.hops()
                .run(HostRef.own(), "trace", host -> new Tracing(rooms.journal().of(host.key()), host).trace(question));
    }

    /** Subscribes to everything that happens from now on; running the answer ends it. */
    public Runnable subscribe(Consumer<Event> subscriber) {
        return rooms.events().subscribe(subscriber);
    }

    /**
     * Removes everything that netd made on our own host.
     *
     * @param force also while there are attachments, which are then detached first
     * @return a line for each thing removed
     */
    public CompletionStage<List<String>> uninstall(boolean force) {
        return new Uninstall(rooms).run(force);
    }

    /** Finishes what is under way, then closes sockets and lets go of the journal; links and rules stay. */
    @Override
    public void close() {
        watch.close();
        keeper.close();
        rooms.close();
    }

    private static CniResult resultOf(Attachment attachment, Order order) {
        return attachment
                .entry(order.chain().get(0).type(), order.chain().get(0).name())
                .map(entry -> entry.result())
                .orElse(CniResult.EMPTY);
    }
}
