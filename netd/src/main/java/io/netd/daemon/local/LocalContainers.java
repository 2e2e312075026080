package io.netd.daemon.local;

import io.netd.daemon.event.ContainerTraces;
import io.netd.daemon.publish.Publications;
import io.netd.engine.network.WantedAddresses;
import io.netd.netctl.api.ContainerSummary;
import io.netd.netctl.api.Netd.ExecSpec;
import io.netd.netctl.api.Netd.LogChunk;
import io.netd.netctl.api.Netd.LogsSpec;
import io.netd.netctl.api.Netd.RunSpec;
import io.netd.netctl.api.NetdException;
import io.netd.netctl.api.PublishedPort;
import io.netd.portmap.ExposedPort;
import io.netd.runtime.Attached;
import io.netd.runtime.ContainerException;
import io.netd.runtime.ContainerRun;
import io.netd.runtime.ContainerSpec;
import io.netd.runtime.ContainerView;
import io.netd.runtime.Containers;
import io.netd.runtime.Images;
import io.netd.runtime.Limits;
import io.netd.runtime.LogLine;
import io.netd.runtime.LogSelection;
import io.netd.runtime.NetworkMode;
import io.netd.runtime.ProcessSpec;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The container commands, answered by the runtime. Calls block the command's own thread. */
final class LocalContainers {
    private static final double NANO = 1e9;
    private final Containers containers;
    private final Images images;
    private final ContainerTraces traces;
    private final LocalNetworks networks;

    /** Over a runtime, with the networks that its containers are connected to. */
    LocalContainers(Containers containers, Images images, ContainerTraces traces, LocalNetworks networks) {
        this.containers = containers;
        this.images = images;
        this.traces = traces;
        this.networks = networks;
    }

    String run(RunSpec spec) {
        String id = containers.create(spec(spec)).id();
        return traces.during(id, () -> {
            containers.start(id);
            return id;
        });
    }

    int runAttached(RunSpec spec, Consumer<String> created, Consumer<String> started, Consumer<LogChunk> sink) {
        String id = containers.create(spec(spec)).id();
        created.accept(id);
        return traces.during(id, () -> startAttached(id, started, sink));
    }

    private int startAttached(String id, Consumer<String> started, Consumer<LogChunk> sink) {
        CompletableFuture<Integer> exit = containers.exit(id).toCompletableFuture();
        // With --rm the log may be gone right after the end, so it is followed from before the start.
        CompletableFuture<Void> output = new CompletableFuture<>();
        Thread follower = new Thread(() -> follow(id, sink, output), "attached-" + id.substring(0, 12));
        follower.start();
        try {
            containers.start(id);
            started.accept(id);
            Patience.await(output);
            return Patience.await(exit);
        } finally {
            follower.interrupt();
        }
    }

    void stop(String nameOrId, Duration grace) {
        String id = containers.find(nameOrId).id();
        traces.during(id, () -> {
            containers.stop(nameOrId, grace);
            return id;
        });
    }

    void remove(String nameOrId, boolean force) {
        String id = containers.find(nameOrId).id();
        traces.during(id, () -> {
            containers.remove(nameOrId, force);
            return id;
        });
    }

    private void follow(String id, Consumer<LogChunk> sink, CompletableFuture<Void> done) {
        try {
            containers.logs(id, LogSelection.FOLLOW, line -> sink.accept(chunk(line, false)));
            done.complete(null);
        } catch (ContainerException | java.io.UncheckedIOException e) {
            done.completeExceptionally(e);
        }
    }

    private ContainerSpec spec(RunSpec spec) {
        NetworkMode network = network(spec);
        return new ContainerSpec(
                spec.image(),
                new ProcessSpec(spec.command(), spec.environment(), spec.workingDirectory(), spec.user()),
                network,
                new Limits(
                        spec.memoryBytes(),
                        Optional.empty(),
                        spec.cpus().map(cpus -> Math.round(cpus * NANO)),
                        spec.pidsLimit().isPresent()
                                ? Optional.of((long) spec.pidsLimit().getAsInt())
                                : Optional.empty()),
                new ContainerSpec.Options(spec.readOnly(), spec.removeWhenDone(), false),
                spec.name(),
                spec.hostname(),
                annotations(spec, network));
    }

    private Map<String, String> annotations(RunSpec spec, NetworkMode network) {
        WantedAddresses wanted = Wishes.of(spec.ip(), spec.ip6());
        networks.requireAddresses(network, wanted);
        Map<String, String> all = new LinkedHashMap<>(Wishes.annotations(wanted));
        all.putAll(Publications.annotations(spec.publish(), exposed(spec), spec.publishAll()));
        return all;
    }

    private NetworkMode network(RunSpec spec) {
        NetworkMode mode = NetworkMode.parse(spec.network());
        if (mode instanceof NetworkMode.Container) {
            refuse(spec.publishAll() || !spec.publish().isEmpty(), "port publishing");
            refuse(!spec.expose().isEmpty(), "port exposing");
        }
        return mode instanceof NetworkMode.Own own ? new NetworkMode.Own(networks.name(own.network())) : mode;
    }

    private static void refuse(boolean isWanted, String what) {
        if (isWanted) {
            throw new NetdException(
                    NetdException.Kind.INVALID,
                    "conflicting options: " + what + " and the container type network mode");
        }
    }

    /** What the flags expose, which are checked, and then the image. */
    private List<String> exposed(RunSpec spec) {
        for (String flag : spec.expose()) {
            try {
                ExposedPort.parse(flag);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("invalid range format for --expose: " + e.getMessage(), e);
            }
        }
        List<String> exposed = new ArrayList<>(spec.expose());
        exposed.addAll(images.find(spec.image()).config().exposedPorts());
        return exposed;
    }

    List<ContainerSummary> list(boolean all) {
        return containers.list().stream()
                .filter(container -> all || container.isRunning())
                .map(this::summary)
                .toList();
    }

    private ContainerSummary summary(ContainerView container) {
        Optional<ContainerRun> run = container.run();
        return new ContainerSummary(
                container.id(),
                container.name(),
                container.spec().image(),
                container.command(),
                container.created(),
                container.state().text(),
                run.flatMap(ContainerRun::started),
                run.flatMap(ContainerRun::finished),
                run.flatMap(ContainerRun::exitCode),
                container.spec().network().text(),
                container.attached().map(Attached::addresses).orElse(List.of()),
                ports(container));
    }

    /** What is published, and what a running container on a network exposes besides. */
    private List<PublishedPort> ports(ContainerView container) {
        List<PublishedPort> all = new ArrayList<>(networks.ports(container.id()));
        if (container.isRunning() && container.spec().network() instanceof NetworkMode.Own) {
            Publications.exposed(container.spec().annotations()).stream()
                    .map(port ->
                            PublishedPort.exposed(port.port(), port.protocol().toString()))
                    .filter(port -> all.stream().noneMatch(other -> other.leadsToSameAs(port)))
                    .toList()
                    .forEach(all::add);
        }
        return all;
    }

    void logs(String nameOrId, LogsSpec spec, Consumer<LogChunk> sink) {
        LogSelection selection = new LogSelection(spec.follow(), spec.tail());
        containers.logs(nameOrId, selection, line -> sink.accept(chunk(line, spec.timestamps())));
    }

    private static LogChunk chunk(LogLine line, boolean timestamps) {
        String text = timestamps ? line.time() + " " + line.text() : line.text();
        return new LogChunk(line.toError(), text.getBytes(StandardCharsets.UTF_8));
    }

    int exec(ExecSpec spec, InputStream in, Consumer<LogChunk> sink) {
        ProcessSpec program = new ProcessSpec(spec.command(), spec.environment(), spec.workingDirectory(), spec.user());
        InputStream input = spec.interactive() ? in : InputStream.nullInputStream();
        return containers.exec(
                spec.container(), program, input, chunk -> sink.accept(new LogChunk(chunk.toError(), chunk.bytes())));
    }

    int waitFor(String nameOrId) {
        return Patience.await(containers.exit(nameOrId).toCompletableFuture());
    }

    Stream<ContainerView> running() {
        return containers.list().stream().filter(ContainerView::isRunning);
    }
}
