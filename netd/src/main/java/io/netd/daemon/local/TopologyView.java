package io.netd.daemon.local;

import io.netd.address.IpPrefix;
import io.netd.engine.AttachmentView;
import io.netd.engine.Engine;
import io.netd.engine.network.NetworkView;
import io.netd.netctl.api.Topology;
import io.netd.runtime.ContainerView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Draws together what engine and runtime know: which container hangs on which bridge, and which on none. */
final class TopologyView {
    private final Engine engine;

    TopologyView(Engine engine) {
        this.engine = engine;
    }

    Topology of(Stream<ContainerView> running) {
        Map<String, List<Topology.Plug>> plugs = new LinkedHashMap<>();
        Map<String, String> networks = new LinkedHashMap<>();
        for (AttachmentView attachment : engine.attachments()) {
            attachment.bridge().ifPresent(bridge -> {
                plugs.computeIfAbsent(bridge, link -> new ArrayList<>()).add(plug(attachment));
                networks.putIfAbsent(bridge, attachment.networks().get(0));
            });
        }
        List<Topology.Bridge> bridges = new ArrayList<>();
        for (NetworkView network : engine.networks()) {
            network.bridge()
                    .ifPresent(own -> bridges.add(new Topology.Bridge(
                            own.link(),
                            network.name(),
                            own.gateways().stream().map(IpPrefix::toString).toList(),
                            Optional.ofNullable(plugs.remove(own.link())).orElse(List.of()))));
        }
        plugs.forEach(
                (bridge, ends) -> bridges.add(new Topology.Bridge(bridge, networks.get(bridge), List.of(), ends)));
        return new Topology(bridges, others(running, bridges));
    }

    private static Topology.Plug plug(AttachmentView attachment) {
        return new Topology.Plug(
                attachment.hostInterface().orElse("?"),
                attachment.ifName(),
                attachment.origin().label(),
                attachment.container(),
                attachment.addresses().stream().map(IpPrefix::toString).toList(),
                LocalNetworks.ports(attachment));
    }

    private static List<Topology.Detached> others(Stream<ContainerView> running, List<Topology.Bridge> bridges) {
        List<String> plugged = bridges.stream()
                .flatMap(bridge -> bridge.plugs().stream())
                .map(Topology.Plug::containerId)
                .toList();
        return running.filter(container -> !plugged.contains(container.id()))
                .map(container -> new Topology.Detached(
                        container.name(),
                        container.id(),
                        container.spec().network().text()))
                .toList();
    }
}
