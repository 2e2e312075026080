package io.netd.daemon.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenBytesTest {
    private static final String GREETING = "\0NTD\1\1\0\0";

    @TempDir
    private Path directory;

    private DoorUnderTest door;

    @BeforeEach
    void open() {
        door = new DoorUnderTest(directory).open();
    }

    @AfterEach
    void close() {
        door.close();
    }

    /** Says the bytes, then reads until the daemon hangs up. */
    private String converse(String bytes, boolean halfClose) throws Exception {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(door.socket))) {
            channel.write(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)));
            if (halfClose) {
                channel.shutdownOutput();
            }
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> readAll(channel));
            return answer.get(5, java.util.concurrent.TimeUnit.SECONDS);
        }
    }

    private static String readAll(SocketChannel channel) {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        try {
            while (channel.read(buffer) >= 0) {
                text.append(ISO_8859_1.decode(buffer.flip()));
                buffer.clear();
            }
        } catch (java.io.IOException e) {
            text.append("(reset)");
        }
        return text.toString();
    }

    private static long descriptors() throws Exception {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void brokenBytesEndTheConnectionAndNothingElse() throws Exception {
        long before = descriptors();
        assertThat(converse("\0XYZ\1\1\0\0", false)).isEmpty();
        assertThat(converse("\0NTD\7\11\0\0", false)).isEqualTo("\0NTD\0\0\0\0");
        assertThat(converse(GREETING + "\1\u007f\u00ff\u00ff\u00ff", false)).isEqualTo("\0NTD\1\0\0\0");
        assertThat(converse(GREETING + "\u0063\0\0\0\0", false)).isEqualTo("\0NTD\1\0\0\0");
        assertThat(converse(GREETING + "\2\0\0\0\0", false)).isEqualTo("\0NTD\1\0\0\0");
        assertThat(converse(GREETING + "\1\0\0\0\7\1\0\0\0\u0050ab", false)).isEqualTo("\0NTD\1\0\0\0");
        assertThat(converse("\0NT", true)).isEmpty();
        assertThat(converse(GREETING + "\1\0\0", true)).isEqualTo("\0NTD\1\0\0\0");
        assertThat(new ClientProcess(directory, door.socket)
                        .run("bridge", Map.of("CNI_COMMAND", "ADD"), "ok".getBytes(ISO_8859_1))
                        .out())
                .isEqualTo("ok");
        Eventually.isTrue(() -> openDescriptorsAtMost(before + 2));
    }

    private static boolean openDescriptorsAtMost(long most) {
        try {
            return descriptors() <= most;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void randomBytesNeverHurt() throws Exception {
        Random random = new Random(11);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            converse(GREETING + new String(bytes, ISO_8859_1), true);
        }
        assertThat(converse("GET /version HTTP/1.1\r\nHost: x\r\n\r\n", false)).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void httpIsToldFromFrames() throws Exception {
        assertThat(converse("GET /nothing HTTP/1.1\r\n\r\n", false))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("}\n");
        assertThat(converse("POST /version HTTP/1.1\r\n\r\n", false)).startsWith("HTTP/1.1 405 ");
        assertThat(converse("rubbish\r\n\r\n", false)).isEmpty();
    }
}
