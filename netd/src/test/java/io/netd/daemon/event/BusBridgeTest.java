package io.netd.daemon.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.daemon.config.UnixSocketFile;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BusBridgeTest {
    private static final int EVENTS = 256;
    private static final String BODY = "x".repeat(64 << 10);

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final List<String> log = new ArrayList<>();
    private final Logger logger = Logger.getLogger(BusBridge.class.getName());
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            log.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void deploy() throws Exception {
        logger.addHandler(recorder);
        vertx.deployVerticle(new BusBridge(new UnixSocketFile(directory.resolve("bus.sock"), "none"), List.of()))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    @AfterEach
    void close() throws Exception {
        logger.removeHandler(recorder);
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void whoDoesNotReadIsDisconnectedAndNamedAndWhoReadsIsNot() throws IOException {
        try (SocketChannel idle = registered();
                SocketChannel awake = registered()) {
            DataInputStream events = new DataInputStream(Channels.newInputStream(awake));
            for (int i = 0; i < EVENTS; i++) {
                vertx.eventBus().publish(Address.EVENTS.text(), new JsonObject().put("text", BODY));
                assertThat(events.readNBytes(events.readInt()).length).isGreaterThan(BODY.length());
            }

            assertThat(Channels.newInputStream(idle).readAllBytes().length).isLessThan(EVENTS * BODY.length() / 2);
            assertThat(log)
                    .singleElement()
                    .asString()
                    .contains("process " + ProcessHandle.current().pid())
                    .endsWith("has left 4 MiB unread and is disconnected");
        }
    }

    /** A connection that hears of all events: a registration is not answered, a ping behind it is. */
    private SocketChannel registered() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(directory.resolve("bus.sock")));
        write(channel, "{\"type\":\"register\",\"address\":\"netd.events\"}");
        write(channel, "{\"type\":\"ping\"}");
        DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
        assertThat(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8))
                .contains("pong");
        return channel;
    }

    private static void write(SocketChannel channel, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + bytes.length);
        frame.putInt(bytes.length).put(bytes).flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }
}
