package io.netd.daemon.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netd.address.Protocol;
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
    record Endpoint(String network, String gateway, int prefixLength, String mac, String hostInterface) {}

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
        String address = endpoint.flatMap(own -> container.attached())
                .flatMap(attached -> attached.addresses().stream().findFirst())
                .orElse("");
        settings.put("IPAddress", address);
        settings.put("IPPrefixLen", endpoint.map(Endpoint::prefixLength).orElse(0));
        settings.put("Gateway", endpoint.map(Endpoint::gateway).orElse(""));
        settings.put("MacAddress", endpoint.map(Endpoint::mac).orElse(""));
        ObjectNode networks = settings.putObject("Networks");
        endpoint.ifPresent(place -> networks.putObject(place.network())
                .put("IPAddress", address)
                .put("IPPrefixLen", place.prefixLength())
                .put("Gateway", place.gateway())
                .put("MacAddress", place.mac())
                .put("HostInterface", place.hostInterface()));
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
