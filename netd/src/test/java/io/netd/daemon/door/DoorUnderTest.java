package io.netd.daemon.door;

import io.netd.daemon.config.ListenAddress;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real door on a real unix socket, in front of whatever a test puts behind it. */
public final class DoorUnderTest implements AutoCloseable {
    /** Where it listens. */
    public final Path socket;

    final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    /** Who carries out plugin calls. */
    public PluginCalls plugins = call -> CompletableFuture.completedFuture(new PluginAnswer(0, call.input()));

    NetctlCalls commands = (call, terminal) -> 0;

    /** A door that listens in this directory. */
    public DoorUnderTest(Path directory) {
        this.socket = directory.resolve("netd.sock");
    }

    /** Opens it. */
    public DoorUnderTest open() {
        CommandDoor door = new CommandDoor(
                List.of(ListenAddress.parse("unix://" + socket)),
                "no-such-group",
                call -> plugins.begin(call),
                (call, terminal) -> commands.run(call, terminal),
                new HttpDoor(path -> path.equals("/version") ? Optional.of("{}".getBytes()) : Optional.empty()));
        await(vertx.deployVerticle(door));
        return this;
    }

    static <T> T await(io.vertx.core.Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
