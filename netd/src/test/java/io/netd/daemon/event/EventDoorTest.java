package io.netd.daemon.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.daemon.config.UnixSocketFile;
import io.netd.runtime.Attached;
import io.netd.runtime.ContainerEvents;
import io.netd.runtime.ContainerException;
import io.netd.runtime.NetworkMode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class EventDoorTest {
    private static final String ID = "c".repeat(64);

    @TempDir
    private Path directory;

    private final CompletableFuture<ContainerEvents.Created> created = new CompletableFuture<>();
    private final CompletableFuture<ContainerEvents.Died> died = new CompletableFuture<>();

    private final ContainerEvents engine = new ContainerEvents() {
        @Override
        public CompletionStage<Attached> created(Created event) {
            created.complete(event);
            return event.network().text().equals("full")
                    ? CompletableFuture.failedFuture(ContainerException.conflict("no address left"))
                    : CompletableFuture.completedFuture(new Attached(List.of("172.17.0.2")));
        }

        @Override
        public void started(Started event) {}

        @Override
        public CompletionStage<Void> died(Died event) {
            died.complete(event);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> removed(Removed event) {
            return CompletableFuture.completedFuture(null);
        }
    };

    @BeforeEach
    void deploy(Vertx vertx, VertxTestContext test) {
        ContainerMessages.registerCodecs(vertx.eventBus());
        vertx.deployVerticle(new EventDoor(engine))
                .compose(id -> vertx.deployVerticle(
                        new BusBridge(new UnixSocketFile(directory.resolve("bus.sock"), "none"), List.of())))
                .onComplete(test.succeedingThenComplete());
    }

    private static ContainerEvents.Created event(String network) {
        return new ContainerEvents.Created(
                ID, "web", "web", NetworkMode.parse(network), 42, Path.of("/proc/42/ns/net"), Map.of("a", "b"));
    }

    @Test
    void theRuntimeIsAnsweredOverTheBus(Vertx vertx) throws Exception {
        ContainerEvents runtime = new BusContainerEvents(vertx.eventBus(), new ContainerTraces());
        Attached attached =
                runtime.created(event("bridge")).toCompletableFuture().get();
        assertThat(attached.addresses()).containsExactly("172.17.0.2");
        assertThat(created.get()).isEqualTo(event("bridge"));
        runtime.died(new ContainerEvents.Died(ID, "web", 3, false))
                .toCompletableFuture()
                .get();
        assertThat(died.get().exitCode()).isEqualTo(3);
    }

    @Test
    void aFailureCarriesItsMessageBack(Vertx vertx) {
        ContainerEvents runtime = new BusContainerEvents(vertx.eventBus(), new ContainerTraces());
        assertThat(runtime.created(event("full")).toCompletableFuture())
                .failsWithin(java.time.Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(ContainerException.class)
                .withMessageContaining("no address left");
    }

    @Test
    void jsonFromOutsideMeansTheSame(Vertx vertx, VertxTestContext test) {
        JsonObject question =
                new JsonObject().put("id", ID).put("pid", 42).put("annotations", new JsonObject().put("x", 1));
        vertx.eventBus()
                .<JsonObject>request("netd.container.created", question)
                .onComplete(test.succeeding(reply -> test.verify(() -> {
                    assertThat(reply.body().encode()).isEqualTo("{\"addresses\":[\"172.17.0.2\"]}");
                    assertThat(created.get().networkNamespace()).isEqualTo(Path.of("/proc/42/ns/net"));
                    assertThat(created.get().annotations()).containsEntry("x", "1");
                    test.completeNow();
                })));
    }

    @Test
    void morePortsThanAContainerMayHaveAreRefused(Vertx vertx, VertxTestContext test) {
        JsonObject annotations = new JsonObject().put("netd.publish", "1-65535:1-65535");
        vertx.eventBus()
                .request(
                        "netd.container.created",
                        new JsonObject().put("id", ID).put("pid", 42).put("annotations", annotations))
                .onComplete(test.failing(failure -> test.verify(() -> {
                    assertThat(failure).hasMessageContaining("too many published ports");
                    assertThat(created).isNotDone();
                    test.completeNow();
                })));
    }

    @Test
    void nonsenseIsRefusedByName(Vertx vertx, VertxTestContext test) {
        vertx.eventBus()
                .request("netd.container.created", new JsonObject().put("id", "../.."))
                .onComplete(test.failing(failure -> test.verify(() -> {
                    assertThat(((ReplyException) failure).failureCode()).isEqualTo(7);
                    assertThat(failure).hasMessageContaining("\"id\" must be a container's id");
                    test.completeNow();
                })));
    }

    private static Buffer frame(JsonObject message) {
        Buffer body = message.toBuffer();
        return Buffer.buffer().appendInt(body.length()).appendBuffer(body);
    }

    @Test
    void theBridgeLetsOurAddressesThroughAndNoOther(Vertx vertx, VertxTestContext test) {
        JsonObject allowed = new JsonObject()
                .put("type", "send")
                .put("address", "netd.container.created")
                .put("replyAddress", "r1")
                .put("body", new JsonObject().put("id", ID).put("pid", 1));
        JsonObject refused =
                new JsonObject().put("type", "send").put("address", "other").put("body", new JsonObject());
        Buffer received = Buffer.buffer();
        vertx.createNetClient()
                .connect(SocketAddress.domainSocketAddress(
                        directory.resolve("bus.sock").toString()))
                .onComplete(test.succeeding(socket -> {
                    socket.handler(bytes -> {
                        received.appendBuffer(bytes);
                        String text = received.toString();
                        if (text.contains("172.17.0.2") && text.contains("access_denied")) {
                            test.completeNow();
                        }
                    });
                    socket.write(frame(allowed)).compose(nothing -> socket.write(frame(refused)));
                }));
    }
}
