package io.netd.daemon.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.engine.AttachmentView;
import io.netd.engine.network.NetworkView;
import java.util.List;
import java.util.TreeMap;

/**
 * One network as {@code network inspect} prints it, with docker's keys.
 *
 * @param attachments those of the host, of which some are on it
 */
record NetworkDocument(NetworkView network, List<AttachmentView> attachments) {
    JsonNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("Name", network.name());
        root.put("Id", network.id());
        network.own().ifPresent(own -> root.put("Created", own.created().toString()));
        root.put("Scope", "local");
        root.put("Driver", network.driver());
        root.put("EnableIPv4", has(IpFamily.IPV4));
        root.put("EnableIPv6", has(IpFamily.IPV6));
        ArrayNode pools = root.putObject("IPAM").put("Driver", "default").putArray("Config");
        gateways()
                .forEach(gateway -> pools.addObject()
                        .put("Subnet", gateway.network().toString())
                        .put("Gateway", gateway.address().toString()));
        root.put("Internal", network.own().map(NetworkView.Own::internal).orElse(false));
        ObjectNode containers = root.putObject("Containers");
        attachments.stream().filter(this::isOn).forEach(attachment -> endpoint(containers, attachment));
        ObjectNode options = root.putObject("Options");
        network.bridge().ifPresent(bridge -> new TreeMap<>(bridge.options()).forEach(options::put));
        return root;
    }

    private List<IpPrefix> gateways() {
        return network.bridge().map(NetworkView.Bridge::gateways).orElse(List.of());
    }

    private boolean has(IpFamily family) {
        return gateways().stream().anyMatch(gateway -> gateway.family() == family);
    }

    /** The networks without a bridge have the names of their plugins. */
    private boolean isOn(AttachmentView attachment) {
        return network.bridge()
                .map(bridge -> attachment.bridge().filter(bridge.link()::equals).isPresent())
                .orElseGet(() -> attachment.plugins().contains(network.name()));
    }

    /** Addresses of the host's are not the container's. */
    private void endpoint(ObjectNode containers, AttachmentView attachment) {
        boolean hasOwn = network.bridge().isPresent();
        String mac = attachment.mac().map(Object::toString).orElse("");
        containers
                .putObject(attachment.container())
                .put("Name", attachment.origin().label())
                .put("MacAddress", hasOwn ? mac : "")
                .put("IPv4Address", hasOwn ? address(attachment, IpFamily.IPV4) : "")
                .put("IPv6Address", hasOwn ? address(attachment, IpFamily.IPV6) : "");
    }

    private static String address(AttachmentView attachment, IpFamily family) {
        return attachment.addresses().stream()
                .filter(address -> address.family() == family)
                .map(IpPrefix::toString)
                .findFirst()
                .orElse("");
    }
}
