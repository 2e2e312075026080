package io.netd.engine.network;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniArgs;
import io.netd.cni.CniException;
import io.netd.cni.ContainerId;
import io.netd.cni.ErrorCode;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkConfig;
import io.netd.engine.attach.Attachments;
import io.netd.engine.attach.Failures;
import io.netd.engine.attach.Order;
import io.netd.engine.host.HostRef;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Origin;
import io.netd.plugins.firewall.StrictForwardPorts;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.HostKey;
import io.netd.portmap.PortRequest;
import io.netd.runtime.NetworkMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The containers that runtime-min connects to netd's own networks. Any thread. */
public final class Connections {
    private static final InterfaceName ETH0 = new InterfaceName("eth0");

    private final Networks networks;
    private final Attachments attachments;
    private final PluginConfigs configs;
    private final BridgeSettings settings;
    private final StrictForwardPorts strict;

    /**
     * @param leases the folder of the networks' leases
     * @param attachments through which containers are connected
     * @param settings whether containers are protected by rules, and how
     * @param strict whether firewalld lets ports be published
     */
    public Connections(
            Networks networks,
            Attachments attachments,
            Path leases,
            BridgeSettings settings,
            StrictForwardPorts strict) {
        this.networks = networks;
        this.attachments = attachments;
        this.configs = new PluginConfigs(leases, settings);
        this.settings = settings;
        this.strict = strict;
    }

    /** Connects a container; the attachment once it is there. */
    public CompletionStage<Attachment> attach(HostKey host, ContainerAttach container) {
        networks.requireAddresses(host, container.mode(), container.addresses());
        return container.mode() instanceof NetworkMode.Own own
                ? attach(host, own.network(), container)
                : attach(host, container, configs.plain(container.mode()));
    }

    /** Disconnects a container; whether it was connected. */
    public CompletionStage<Boolean> detach(ContainerId container) {
        return attachments.detach(new AttachmentId(container, ETH0), "");
    }

    /** The network must not go until the container is in the journal. */
    private CompletionStage<Attachment> attach(HostKey host, String name, ContainerAttach container) {
        if (!networks.use().come(name)) {
            throw Networks.missing(name);
        }
        try {
            MadeNetwork network = networks.made(host, name);
            requireFree(network, container.addresses());
            List<PortRequest> ports = publishable(network, container.ports());
            return attach(host, container, configs.bridge(network, ports, container.addresses()))
                    .whenComplete((attachment, failure) -> networks.use().arrived(name));
        } catch (RuntimeException | Error e) {
            networks.use().arrived(name);
            throw e;
        }
    }

    private CompletionStage<Attachment> attach(HostKey host, ContainerAttach container, List<NetworkConfig> chain) {
        Order order = new Order(
                new AttachmentId(container.id(), ETH0),
                Origin.NETD,
                Optional::empty,
                container.name(),
                Optional.of(container.netns()),
                new CniArgs(Map.of("K8S_POD_NAME", container.name(), "IgnoreUnknown", "1")),
                List.of(),
                chain);
        return attachments.add(HostRef.own(), order, permission(container)).exceptionally(failure -> {
            throw told(Failures.of(failure), host, container);
        });
    }

    private Consumer<Host> permission(ContainerAttach container) {
        return container.ports().isEmpty() ? host -> {} : strict::refuse;
    }

    private static void requireFree(MadeNetwork network, WantedAddresses addresses) {
        addresses.reserved(network.record().gateways()).ifPresent(address -> {
            throw new NetworkException("Address already in use: " + address + " is the gateway's or no host's");
        });
    }

    /** What cannot be had is told in Docker's words. */
    private CniException told(CniException failure, HostKey host, ContainerAttach container) {
        Optional<String> holder =
                failure.code() == ErrorCode.TRY_LATER ? networks.holder(host, container.addresses()) : Optional.empty();
        if (holder.isPresent()) {
            return new CniException(failure.code(), "Address already in use: " + holder.get(), failure);
        }
        return failure.code() == Failures.PORT_TAKEN
                ? failure.within(
                        "failed to set up container networking: driver failed programming external connectivity on endpoint "
                                + container.name() + " (" + container.id() + ")")
                : failure;
    }

    private List<PortRequest> publishable(MadeNetwork network, List<PortRequest> ports) {
        settings.requireRules(ports);
        return ports.stream().map(port -> port.onUsual(network.binding())).toList();
    }
}
