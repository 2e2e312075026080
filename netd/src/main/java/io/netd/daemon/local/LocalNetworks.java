package io.netd.daemon.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.daemon.config.Suggestion;
import io.netd.engine.AttachmentView;
import io.netd.engine.Engine;
import io.netd.engine.network.BridgeOptions;
import io.netd.engine.network.NetworkRequest;
import io.netd.engine.network.NetworkView;
import io.netd.engine.network.WantedAddresses;
import io.netd.netctl.api.Netd.NetworkSpec;
import io.netd.netctl.api.NetdException;
import io.netd.netctl.api.NetworkSummary;
import io.netd.netctl.api.PublishedPort;
import io.netd.portmap.PortMapping;
import io.netd.runtime.NetworkMode;
import java.util.List;
import java.util.Set;

/** The network commands, answered by the engine. */
final class LocalNetworks {
    private static final String ANY = "0.0.0.0";
    private static final Set<String> SINGLE_DRIVERS = Set.of("host", "null");

    private final Engine engine;

    LocalNetworks(Engine engine) {
        this.engine = engine;
    }

    List<NetworkSummary> list() {
        return engine.networks().stream().map(LocalNetworks::summary).toList();
    }

    /** The name of a network that somebody calls by its name, its id or a part of that. */
    String name(String nameOrId) {
        return find(nameOrId).name();
    }

    private static NetworkSummary summary(NetworkView network) {
        List<String> subnets = network.bridge().stream()
                .flatMap(bridge -> bridge.subnets().stream())
                .map(IpPrefix::toString)
                .toList();
        return new NetworkSummary(
                network.id(),
                network.name(),
                network.driver(),
                "local",
                subnets,
                network.own().map(NetworkView.Own::internal).orElse(false),
                network.own().map(NetworkView.Own::created));
    }

    /** Makes a network; its id. */
    String create(NetworkSpec spec) {
        if (SINGLE_DRIVERS.contains(spec.driver())) {
            throw refusal("only one instance of \"" + spec.driver() + "\" network is allowed");
        }
        if (!spec.driver().equals("bridge")) {
            throw refusal("could not find plugin " + spec.driver() + ": netd has networks of driver bridge");
        }
        spec.options().keySet().forEach(LocalNetworks::requireKnown);
        NetworkRequest request = new NetworkRequest(
                spec.name(),
                spec.subnets().stream().map(LocalNetworks::subnet).toList(),
                spec.gateways().stream().map(LocalNetworks::gateway).toList(),
                spec.ipv6(),
                spec.internal(),
                spec.options());
        return engine.createNetwork(request).toCompletableFuture().join().id();
    }

    /** Refuses addresses that a container with such a network cannot have. */
    void requireAddresses(NetworkMode mode, WantedAddresses wanted) {
        engine.requireAddresses(mode, wanted);
    }

    /** Removes a network that somebody made. */
    void remove(String nameOrId) {
        engine.removeNetwork(name(nameOrId)).toCompletableFuture().join();
    }

    private static void requireKnown(String option) {
        if (!BridgeOptions.NAMES.contains(option)) {
            throw refusal("unknown network option " + option
                    + Suggestion.of(option, BridgeOptions.NAMES)
                            .map(near -> ", did you mean " + near + "?")
                            .orElse(""));
        }
    }

    private static IpPrefix subnet(String text) {
        try {
            return IpPrefix.parse(text);
        } catch (IllegalArgumentException e) {
            throw refusal("invalid subnet " + text + ": invalid CIDR block notation");
        }
    }

    private static IpAddress gateway(String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw refusal("invalid gateway " + text + ": invalid address");
        }
    }

    private static NetdException refusal(String message) {
        return new NetdException(NetdException.Kind.INVALID, message);
    }

    /** As docker looks: the whole id first, then the name, then the beginning of an id. */
    private NetworkView find(String nameOrId) {
        List<NetworkView> networks = engine.networks();
        return networks.stream()
                .filter(network -> network.id().equals(nameOrId))
                .findFirst()
                .or(() -> networks.stream()
                        .filter(network -> network.name().equals(nameOrId))
                        .findFirst())
                .orElseGet(() -> onlyOne(
                        nameOrId,
                        networks.stream()
                                .filter(network ->
                                        !nameOrId.isEmpty() && network.id().startsWith(nameOrId))
                                .toList()));
    }

    private static NetworkView onlyOne(String prefix, List<NetworkView> networks) {
        if (networks.isEmpty()) {
            throw new NetdException(NetdException.Kind.NOT_FOUND, "network " + prefix + " not found");
        }
        if (networks.size() > 1) {
            throw refusal("network " + prefix + " is ambiguous (" + networks.size() + " matches found on ID prefix)");
        }
        return networks.get(0);
    }

    JsonNode inspect(String nameOrId) {
        return new NetworkDocument(find(nameOrId), engine.attachments()).json();
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
