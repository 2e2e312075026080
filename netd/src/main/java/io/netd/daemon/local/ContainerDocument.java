package io.netd.daemon.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.cni.CniAddress;
import io.netd.daemon.publish.Publications;
import io.netd.engine.AttachmentView;
import io.netd.netctl.api.PublishedPort;
import io.netd.portmap.ExposedPort;
import io.netd.portmap.PortRequest;
import io.netd.runtime.ContainerRun;
import io.netd.runtime.ContainerView;
import io.netd.runtime.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One container as {@code inspect} prints it, with docker's keys where docker has them. */
final class ContainerDocument {
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");
    private final ContainerView container;
    private final List<PublishedPort> ports;
    private final Optional<Endpoint> endpoint;

    /** What the engine knows of a container's place in a network. */
    record Endpoint(String network, List<CniAddress> addresses, String mac, String hostInterface) {
        static Endpoint of(AttachmentView attachment, String hostInterface) {
            return new Endpoint(
                    attachment.networks().get(0),
                    attachment.result().addresses(),
                    attachment.mac().map(Object::toString).orElse(""),
                    hostInterface);
        }

        private Optional<CniAddress> address(IpFamily family) {
            return addresses.stream()
                    .filter(given -> given.address().family() == family)
                    .findFirst();
        }
    }

    ContainerDocument(ContainerView container, List<PublishedPort> ports, Optional<Endpoint> endpoint) {
        this.container = container;
        this.ports = List.copyOf(ports);
        this.endpoint = endpoint;
    }

    JsonNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("Id", container.id());
        root.put("Created", container.created().toString());
        List<String> command = container.command();
        root.put("Path", command.isEmpty() ? "" : command.get(0));
        array(root.putArray("Args"), command.subList(Math.min(1, command.size()), command.size()));
        state(root.putObject("State"));
        root.put("Image", container.imageId());
        root.put("ResolvConfPath", container.directory().resolve("resolv.conf").toString());
        root.put("HostnamePath", container.directory().resolve("hostname").toString());
        root.put("HostsPath", container.directory().resolve("hosts").toString());
        root.put("Name", "/" + container.name());
        root.put("Driver", "overlay");
        hostConfig(root.putObject("HostConfig"));
        ObjectNode graph = root.putObject("GraphDriver");
        graph.put("Name", "overlay");
        graph.putObject("Data")
                .put("UpperDir", container.directory().resolve("upper").toString());
        config(root.putObject("Config"));
        network(root.putObject("NetworkSettings"));
        return root;
    }

    private void state(ObjectNode state) {
        Optional<ContainerRun> run = container.run();
        state.put("Status", container.state().text());
        state.put("Running", container.isRunning());
        state.put("OOMKilled", run.map(ContainerRun::oomKilled).orElse(false));
        state.put("Pid", run.map(ContainerRun::pid).orElse(0));
        state.put("ExitCode", run.flatMap(ContainerRun::exitCode).orElse(0));
        state.put("Error", run.map(ContainerRun::error).orElse(""));
        state.put("StartedAt", run.flatMap(ContainerRun::started).orElse(NEVER).toString());
        state.put(
                "FinishedAt", run.flatMap(ContainerRun::finished).orElse(NEVER).toString());
    }

    private void hostConfig(ObjectNode config) {
        Limits limits = container.spec().limits();
        config.put("NetworkMode", container.spec().network().text());
        config.put("AutoRemove", container.spec().options().removeWhenDone());
        config.put("ReadonlyRootfs", container.spec().options().readOnly());
        config.put("Memory", limits.memoryBytes().orElse(0L));
        config.put("NanoCpus", limits.nanoCpus().orElse(0L));
        config.put("PidsLimit", limits.pids().orElse(0L));
        asked(config.putObject("PortBindings"));
        config.put("PublishAllPorts", Publications.publishesAll(annotations()));
    }

    private void config(ObjectNode config) {
        config.put("Hostname", container.hostname());
        config.put("User", container.spec().process().user().orElse(""));
        ArrayNode environment = config.putArray("Env");
        container.spec().process().environment().forEach((key, value) -> environment.add(key + "=" + value));
        array(config.putArray("Cmd"), container.spec().process().command());
        ObjectNode exposed = config.putObject("ExposedPorts");
        Publications.exposed(annotations()).forEach(port -> exposed.putObject(port.toString()));
        config.put("Image", container.spec().image());
        config.put("WorkingDir", container.spec().process().workingDirectory().orElse(""));
    }

    private void network(ObjectNode settings) {
        published(settings.putObject("Ports"));
        addresses(settings);
        ObjectNode networks = settings.putObject("Networks");
        endpoint.ifPresent(place -> {
            ObjectNode network = networks.putObject(place.network());
            wanted(network);
            addresses(network);
            network.put("HostInterface", place.hostInterface());
        });
    }

    private void addresses(ObjectNode settings) {
        address(settings, IpFamily.IPV4, "IPAddress", "IPPrefixLen", "Gateway");
        address(settings, IpFamily.IPV6, "GlobalIPv6Address", "GlobalIPv6PrefixLen", "IPv6Gateway");
        settings.put("MacAddress", endpoint.map(Endpoint::mac).orElse(""));
    }

    private void address(ObjectNode settings, IpFamily family, String address, String length, String gateway) {
        Optional<CniAddress> given = endpoint.flatMap(place -> place.address(family));
        settings.put(
                address, given.map(one -> one.address().address().toString()).orElse(""));
        settings.put(length, given.map(one -> one.address().length()).orElse(0));
        settings.put(
                gateway,
                given.flatMap(CniAddress::gateway).map(IpAddress::toString).orElse(""));
    }

    /** What {@code --ip} and {@code --ip6} asked for; null where they did not, as in docker. */
    private void wanted(ObjectNode network) {
        List<IpAddress> wanted = Wishes.read(annotations()).addresses();
        if (wanted.isEmpty()) {
            network.putNull("IPAMConfig");
            return;
        }
        ObjectNode config = network.putObject("IPAMConfig");
        wanted.forEach(address ->
                config.put(address.family() == IpFamily.IPV4 ? "IPv4Address" : "IPv6Address", address.toString()));
    }

    private Map<String, String> annotations() {
        return container.spec().annotations();
    }

    /** What was asked for: a host port may be missing or a range. */
    private void asked(ObjectNode bindings) {
        for (PortRequest request : Publications.asked(annotations())) {
            String hostIp =
                    request.hostIps().stream().map(Object::toString).findFirst().orElse("");
            String hostPort = request.hostPorts().map(Object::toString).orElse("");
            bind(bindings, new ExposedPort(request.containerPort(), request.protocol()), hostIp, hostPort);
        }
    }

    /** What is published; a port that is exposed only has no bindings. */
    private void published(ObjectNode bindings) {
        if (endpoint.isPresent()) {
            Publications.exposed(annotations()).forEach(port -> bindings.putNull(port.toString()));
        }
        for (PublishedPort port : ports) {
            ExposedPort inside = new ExposedPort(port.containerPort(), Protocol.parse(port.protocol()));
            bind(bindings, inside, port.hostIp(), Integer.toString(port.hostPort()));
        }
    }

    private static void bind(ObjectNode bindings, ExposedPort inside, String hostIp, String hostPort) {
        JsonNode present = bindings.path(inside.toString());
        ArrayNode list = present instanceof ArrayNode array ? array : bindings.putArray(inside.toString());
        list.addObject().put("HostIp", hostIp).put("HostPort", hostPort);
    }

    private static void array(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
