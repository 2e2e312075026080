package io.netd.daemon;

import io.netd.daemon.config.DaemonConfig;
import io.netd.daemon.config.Version;
import io.netd.daemon.container.ContainerNetwork;
import io.netd.daemon.container.JoinTargets;
import io.netd.daemon.event.BusContainerEvents;
import io.netd.daemon.event.ContainerTraces;
import io.netd.daemon.event.EventPublisher;
import io.netd.daemon.local.Bridges;
import io.netd.daemon.local.LocalNetd;
import io.netd.daemon.local.LocalParts;
import io.netd.daemon.plugin.CallerHosts;
import io.netd.daemon.plugin.DelQueue;
import io.netd.daemon.plugin.EngineVerbs;
import io.netd.daemon.plugin.QueueWatch;
import io.netd.engine.Engine;
import io.netd.engine.event.Events;
import io.netd.firewall.host.Forwarded;
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.proc.SystemdNotify;
import io.netd.runtime.Containers;
import io.netd.runtime.container.HostContainers;
import io.netd.runtime.container.RuntimeSettings;
import io.netd.runtime.image.ImageStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The daemon, put together. It starts from the inside out: engine, what waited on disk, containers, doors last; it stops
 * in the opposite order. Containers go on running when it stops.
 */
final class Daemon implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Daemon.class.getName());

    private final Closing closing = new Closing();

    private Daemon() {}

    /** Starts it; what was started is stopped again when something after it fails. */
    static Daemon start(DaemonConfig config, Stop stop) {
        Daemon daemon = new Daemon();
        try {
            daemon.open(config, stop);
            return daemon;
        } catch (RuntimeException | Error e) {
            daemon.closing.close();
            throw e;
        }
    }

    private void open(DaemonConfig config, Stop stop) {
        // Vert.x takes as long to start as the engine does, and needs nothing of it.
        CompletableFuture<Bus> starting =
                CompletableFuture.supplyAsync(Bus::open, work -> new Thread(work, "netd-start").start());
        HostFirewall firewall = HostFirewall.detect(config.framework());
        JoinTargets joinTargets = new JoinTargets();
        Engine engine = closing.add("engine", EngineParts.open(config, firewall, joinTargets));
        closing.add("pid file", PidFile.write(config.pidfile()));
        Bus bus = closing.add("bus", starting.join());
        Events events = new Events(Clock.systemUTC());
        engine.subscribe(event -> events.announce(event.address(), event.subject(), event.payload(), event.trace()));
        EventPublisher publisher = bus.publisher(source());
        events.subscribe(publisher);
        bus.serve(new ContainerNetwork(engine, events));
        engine.start().toCompletableFuture().join();
        warnOfOthersRules(firewall, Bridges.of(engine.networks()));
        EngineVerbs verbs = new EngineVerbs(engine);
        DelQueue queue = new DelQueue(config.execRoot(), verbs, new CallerHosts());
        queue.drain();
        ImageStore images = ImageStore.open(config.dataRoot());
        RuntimeSettings settings =
                new RuntimeSettings(config.dataRoot(), config.execRoot(), Home.launcher(), config.cgroupParent());
        ContainerTraces traces = new ContainerTraces();
        Containers containers = closing.add(
                "containers", HostContainers.open(settings, images, new BusContainerEvents(bus.events(), traces)));
        joinTargets.open(containers);
        containers.adopt();
        LocalParts parts =
                new LocalParts(config, engine, containers, images, traces, events, firewall, stop::requestWithoutTrace);
        bus.openDoors(config, verbs, new LocalNetd(parts), publisher);
        closing.add("doors", bus::closeDoors);
        closing.add("queue", QueueWatch.open(queue));
        ready(config);
    }

    /** Those that nothing of netd's can overrule, and those that netd's own have moved away from. */
    private static void warnOfOthersRules(HostFirewall firewall, List<Forwarded> bridges) {
        try (NetworkNamespace own = NetworkNamespace.current()) {
            for (String chain : firewall.obstacles(own, bridges)) {
                LOG.log(Level.WARNING, "packets from and to containers that netd accepts are dropped by " + chain);
            }
            HostFirewall.userRulesApart(own).forEach(sentence -> LOG.log(Level.WARNING, sentence));
        }
    }

    /** Tells one run of the daemon from another. */
    private static String source() {
        return Long.toHexString(System.currentTimeMillis())
                + Long.toHexString(ProcessHandle.current().pid());
    }

    /** Serves until somebody wants it to stop. */
    void serveUntil(Stop stop) {
        stop.await();
    }

    private static void ready(DaemonConfig config) {
        Duration sinceStart = ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
        LOG.log(
                Level.INFO,
                "netd " + Version.text() + " is ready after " + sinceStart.toMillis() + " ms, listening on "
                        + config.hosts().stream().map(Object::toString).collect(Collectors.joining(", ")));
        SystemdNotify.ready();
    }

    @Override
    public void close() {
        SystemdNotify.stopping();
        closing.close();
    }
}
