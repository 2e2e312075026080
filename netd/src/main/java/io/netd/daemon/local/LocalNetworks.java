package io.netd.daemon.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netd.address.IpPrefix;
import io.netd.engine.AttachmentView;
import io.netd.engine.Engine;
import io.netd.engine.network.NetworkView;
import io.netd.netctl.api.NetdException;
import io.netd.netctl.api.NetworkSummary;
import io.netd.netctl.api.PublishedPort;
import io.netd.portmap.PortMapping;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The network commands, answered by the engine. */
final class LocalNetworks {
    private static final String ANY = "0.0.0.0";

    private final Engine engine;

    LocalNetworks(Engine engine) {
        this.engine = engine;
    }

    List<NetworkSummary> list() {
        return engine.networks().stream().map(LocalNetworks::summary).toList();
    }

    Set<String> names() {
        return engine.networks().stream().map(NetworkView::name).collect(Collectors.toSet());
    }

    private static NetworkSummary summary(NetworkView network) {
        List<String> subnets = network.bridge().map(bridge -> bridge.subnet().toString()).stream()
                .toList();
        return new NetworkSummary(id(network.name()), network.name(), network.driver(), "local", subnets);
    }

    /** The networks netd makes are the same on every host, and so are their ids. */
    private static String id(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("netd network " + name).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode inspect(String nameOrId) {
        return engine.networks().stream()
                .filter(network -> network.name().equals(nameOrId)
                        || !nameOrId.isEmpty() && id(network.name()).startsWith(nameOrId))
                .findFirst()
                .map(this::document)
                .orElseThrow(
                        () -> new NetdException(NetdException.Kind.NOT_FOUND, "network " + nameOrId + " not found"));
    }

    private JsonNode document(NetworkView network) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("Name", network.name());
        root.put("Id", id(network.name()));
        root.put("Scope", "local");
        root.put("Driver", network.driver());
        ObjectNode ipam = root.putObject("IPAM").put("Driver", "default");
        var pools = ipam.putArray("Config");
        ObjectNode containers = root.putObject("Containers");
        ObjectNode options = root.putObject("Options");
        network.bridge().ifPresent(bridge -> {
            pools.addObject()
                    .put("Subnet", bridge.subnet().toString())
                    .put("Gateway", bridge.gateway().address().toString());
            options.put("com.docker.network.bridge.name", bridge.link());
            options.put("com.docker.network.driver.mtu", Integer.toString(bridge.mtu()));
        });
        engine.attachments().stream()
                .filter(attachment -> isOn(network, attachment))
                .forEach(attachment ->
                        endpoint(containers, attachment, network.bridge().isPresent()));
        return root;
    }

    /** The networks without a bridge have the names of their plugins. */
    private static boolean isOn(NetworkView network, AttachmentView attachment) {
        return network.bridge()
                .map(bridge -> attachment.bridge().filter(bridge.link()::equals).isPresent())
                .orElseGet(() -> attachment.plugins().contains(network.name()));
    }

    /** Addresses of the host's are not the container's. */
    private static void endpoint(ObjectNode containers, AttachmentView attachment, boolean hasOwn) {
        String mac = attachment.mac().map(Object::toString).orElse("");
        String address = attachment.addresses().stream()
                .map(IpPrefix::toString)
                .findFirst()
                .orElse("");
        containers
                .putObject(attachment.container())
                .put("Name", attachment.origin().label())
                .put("MacAddress", hasOwn ? mac : "")
                .put("IPv4Address", hasOwn ? address : "");
    }

    List<PublishedPort> ports(String containerId) {
        return engine.attachment(containerId).map(LocalNetworks::ports).orElse(List.of());
    }

    static List<PublishedPort> ports(AttachmentView attachment) {
        return attachment.ports().stream().map(LocalNetworks::port).toList();
    }

    static PublishedPort port(PortMapping mapping) {
        return new PublishedPort(
                mapping.hostIp().map(Object::toString).orElse(ANY),
                mapping.hostPort(),
                mapping.containerPort(),
                mapping.protocol().toString());
    }
}
