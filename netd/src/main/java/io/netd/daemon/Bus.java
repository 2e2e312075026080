package io.netd.daemon;

import io.netd.daemon.config.DaemonConfig;
import io.netd.daemon.config.UnixSocketFile;
import io.netd.daemon.door.CommandDoor;
import io.netd.daemon.door.HttpDoor;
import io.netd.daemon.door.NetctlCalls;
import io.netd.daemon.event.BusBridge;
import io.netd.daemon.event.ContainerMessages;
import io.netd.daemon.event.EventDoor;
import io.netd.daemon.event.EventPublisher;
import io.netd.daemon.event.PortDoor;
import io.netd.daemon.plugin.PluginService;
import io.netd.daemon.plugin.Verbs;
import io.netd.engine.event.TraceContext;
import io.netd.netctl.NetctlMain;
import io.netd.netctl.api.Netd;
import io.netd.runtime.ContainerEvents;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.transport.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Vert.x and the verticles on it. Called by the main thread only. */
final class Bus implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Vertx vertx;
    private final List<String> doors = new ArrayList<>();

    private Bus(Vertx vertx) {
        this.vertx = vertx;
    }

    static Bus open() {
        // Netty would look through all network interfaces for a number of its own, and Vert.x would start a resolver.
        System.setProperty("io.netty.machineId", "02:00:00:00:00:01");
        System.setProperty("vertx.disableDnsResolver", "true");
        // Doors and bus need little: one loop for them all, and hardly a thread for Vert.x's own blocking work.
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
        Vertx vertx = Vertx.builder()
                .with(options)
                .withTransport(new OneLoop(Transport.nativeTransport()))
                .build();
        ContainerMessages.registerCodecs(vertx.eventBus());
        return new Bus(vertx);
    }

    EventBus events() {
        return vertx.eventBus();
    }

    /** Publishes events here; {@code source} names this run of the daemon. */
    EventPublisher publisher(String source) {
        return new EventPublisher(vertx, source);
    }

    /** Hears containers from now on. */
    void serve(ContainerEvents engine) {
        await(vertx.deployVerticle(new EventDoor(engine)));
    }

    /** Lets everybody in; who listens is told first what {@code publisher} has published meanwhile. */
    void openDoors(DaemonConfig config, Verbs verbs, Netd netd, EventPublisher publisher) {
        UnixSocketFile busSocket = new UnixSocketFile(config.execRoot().resolve("bus.sock"), config.group());
        deploy(new PortDoor(netd));
        deploy(new BusBridge(busSocket, await(publisher.endStart())));
        deploy(new CommandDoor(
                config.hosts(),
                config.group(),
                new PluginService(verbs),
                commands(netd),
                new HttpDoor(new RestPages(netd))));
    }

    private void deploy(VerticleBase door) {
        doors.add(await(vertx.deployVerticle(door)));
    }

    private static NetctlCalls commands(Netd netd) {
        return (call, terminal) -> {
            Map<String, String> environment = new HashMap<>(call.environment());
            environment.put("NETD_CLIENT_VERSION", call.clientVersion());
            return TraceContext.of(environment)
                    .during(() -> NetctlMain.run(call.arguments(), environment, terminal, netd));
        };
    }

    /** Takes nothing new; returns when the plugin calls that run have come to their end. */
    void closeDoors() {
        await(Future.join(doors.stream().map(vertx::undeploy).toList()));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
