package io.netd.engine.network;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniArgs;
import io.netd.cni.CniException;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkConfig;
import io.netd.engine.attach.Attachments;
import io.netd.engine.attach.Failures;
import io.netd.engine.attach.Order;
import io.netd.engine.event.Addresses;
import io.netd.engine.event.Events;
import io.netd.engine.event.NetworkChange;
import io.netd.engine.host.HostRef;
import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.Origin;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.portmap.PortRequest;
import io.netd.runtime.NetworkMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** netd's own networks: bridge, host and none, and the containers that runtime-min connects to them. */
public final class Networks {
    private static final int VERSION = 1;
    private static final InterfaceName ETH0 = new InterfaceName("eth0");

    private final NetworkStore store;
    private final BridgeSettings settings;
    private final Journal journal;
    private final Attachments attachments;
    private final Events events;
    private final Chains chains;

    /**
     * @param execRoot below which docker0's leases are
     * @param attachments through which containers are connected
     */
    public Networks(
            NetworkStore store,
            BridgeSettings settings,
            Journal journal,
            Attachments attachments,
            Events events,
            Path execRoot) {
        this.store = store;
        this.settings = settings;
        this.journal = journal;
        this.attachments = attachments;
        this.events = events;
        this.chains = new Chains(execRoot.resolve("leases"), settings.rules());
    }

    /**
     * Makes the default network what the settings say. One that was decided otherwise earlier is made
     * anew while nothing hangs on it.
     */
    public void ensure(OpenHost host) {
        DefaultBridge bridge = new DefaultBridge(store, settings, host);
        Optional<BridgeRecord> known = store.find(host.key(), DefaultBridge.NAME);
        known.filter(record -> !bridge.isWanted(record)).ifPresent(record -> replace(host.key(), bridge, record));
        BridgeRecord made = bridge.ensure();
        if (known.filter(made::isSameNetwork).isEmpty()) {
            announce(Addresses.NETWORK_CREATED, made);
        }
    }

    /** The rules that the networks of a host left. */
    public Stream<RulesTrace> rules(HostKey host) {
        return store.rules(host);
    }

    /** Removes the networks of a host and everything that was changed for them. */
    public void removeAll(OpenHost host) {
        for (BridgeRecord record : store.of(host.key())) {
            new DefaultBridge(store, settings, host).remove(record);
            announce(Addresses.NETWORK_REMOVED, record);
        }
    }

    /** The networks of a host, by name. */
    public List<NetworkView> list(HostKey host) {
        List<NetworkView> views = new ArrayList<>();
        for (BridgeRecord record : store.of(host)) {
            NetworkView.Bridge bridge = new NetworkView.Bridge(record.bridge(), record.gateway(), record.mtu());
            views.add(new NetworkView(record.name(), "bridge", Optional.of(bridge)));
        }
        views.add(new NetworkView("host", "host", Optional.empty()));
        views.add(new NetworkView("none", "null", Optional.empty()));
        return List.copyOf(views);
    }

    /** Connects a container; the attachment once it is there. */
    public CompletionStage<Attachment> attach(HostKey host, ContainerAttach container) {
        List<NetworkConfig> chain = container.mode() instanceof NetworkMode.Own own
                ? chains.bridge(bridge(host, own.network()), publishable(container.ports()))
                : chains.plain(container.mode());
        Order order = new Order(
                new AttachmentId(container.id(), ETH0),
                Origin.NETD,
                Optional::empty,
                container.name(),
                Optional.of(container.netns()),
                new CniArgs(Map.of("K8S_POD_NAME", container.name(), "IgnoreUnknown", "1")),
                List.of(),
                chain);
        return attachments.add(HostRef.own(), order).exceptionally(failure -> {
            throw told(Failures.of(failure), container);
        });
    }

    /** Disconnects a container; whether it was connected. */
    public CompletionStage<Boolean> detach(ContainerId container) {
        return attachments.detach(new AttachmentId(container, ETH0), "");
    }

    /** A port that cannot be had is told in Docker's words. */
    private static CniException told(CniException failure, ContainerAttach container) {
        return failure.code() == Failures.PORT_TAKEN
                ? failure.within("driver failed programming external connectivity on endpoint " + container.name()
                        + " (" + container.id() + ")")
                : failure;
    }

    private List<PortRequest> publishable(List<PortRequest> ports) {
        if (!ports.isEmpty() && !settings.rules()) {
            throw new NetworkException(
                    "port " + ports.get(0) + " cannot be published: netd runs with iptables set to false");
        }
        return ports;
    }

    private BridgeRecord bridge(HostKey host, String name) {
        return store.find(host, name).orElseThrow(() -> new NetworkException("network " + name + " not found"));
    }

    private void replace(HostKey host, DefaultBridge bridge, BridgeRecord record) {
        List<Attachment> users = journal.of(host).stream()
                .filter(attachment -> attachment.origin().maker().equals(Origin.NETD))
                .toList();
        if (!users.isEmpty()) {
            throw new NetworkException("network " + record.name() + " is on " + record.bridge() + " with "
                    + record.gateway() + ", MTU " + record.mtu() + ", and has " + users.size()
                    + " containers: stop them before it can be changed");
        }
        bridge.remove(record);
        announce(Addresses.NETWORK_REMOVED, record);
    }

    private void announce(String address, BridgeRecord record) {
        events.announce(
                address,
                record.name(),
                new NetworkChange(
                        VERSION, record.name(), record.bridge(), record.subnet().toString()));
    }
}
