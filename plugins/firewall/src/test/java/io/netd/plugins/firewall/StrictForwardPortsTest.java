package io.netd.plugins.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import io.netd.plugins.spi.Host;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrictForwardPortsTest {
    private static final byte[] TRUE = {1, 0, 0, 0};
    private static final byte[] YES = {1, 's', 0, 0, 3, 0, 0, 0, 'y', 'e', 's', 0};
    private static final byte[] NO = {1, 's', 0, 0, 2, 0, 0, 0, 'n', 'o', 0};

    private final StrictForwardPorts strict = new StrictForwardPorts();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger lent = new AtomicInteger();
    private final Host host = (Host) Proxy.newProxyInstance(
            Host.class.getClassLoader(), new Class<?>[] {Host.class}, (proxy, method, args) -> called(method, args));
    private volatile ByteBuffer answers = ByteBuffer.allocate(0);

    @TempDir
    private Path root;

    private ServerSocketChannel bus;

    private Object called(Method method, Object[] args) {
        if (method.getName().equals("path")) {
            return root;
        }
        if (method.getName().equals("waiting")) {
            lent.incrementAndGet();
            return ((Supplier<?>) args[0]).get();
        }
        throw new AssertionError(method);
    }

    @BeforeEach
    void start() throws IOException {
        bus = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        bus.bind(UnixDomainSocketAddress.of(root.resolve("system_bus_socket")));
        Thread thread = new Thread(this::serve, "bus");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        bus.close();
    }

    /** Says all that it will ever say at once, and reads until nobody asks any more; with nothing to say it hangs up. */
    private void serve() {
        while (bus.isOpen()) {
            try (SocketChannel client = bus.accept()) {
                asked.incrementAndGet();
                client.write(answers.duplicate());
                ByteBuffer in = ByteBuffer.allocate(4096);
                while (answers.hasRemaining() && client.read(in) >= 0) {
                    in.clear();
                }
            } catch (IOException e) {
                // Either end is closed.
                continue;
            }
        }
    }

    /** To Hello, NameHasOwner and Get, in the order in which they are asked. */
    private static ByteBuffer answers(byte[] property) {
        ByteBuffer all = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        all.put("DATA\r\nOK 1\r\n".getBytes(StandardCharsets.US_ASCII));
        put(all, 1, 'b', TRUE);
        put(all, 2, 'b', TRUE);
        put(all, 3, 'v', property);
        return all.flip();
    }

    private static void put(ByteBuffer all, int serial, char signature, byte[] body) {
        all.put(new byte[] {'l', 2, 0, 1}).putInt(body.length).putInt(9).putInt(15);
        all.put(new byte[] {5, 1, 'u', 0}).putInt(serial).put(new byte[] {8, 1, 'g', 0, 1, (byte) signature, 0, 0});
        all.put(body);
    }

    @Test
    void aFailureForbidsNothingUntilTheNextChangeOfRules() {
        strict.refuse(host);
        strict.refuse(host);
        assertThat(asked).hasValue(1);

        strict.forget();
        strict.refuse(host);
        assertThat(asked).hasValue(2);
    }

    @Test
    void theWorkersPlaceIsLentWhileTheBusIsAsked() {
        strict.refuse(host);
        strict.refuse(host);
        assertThat(lent).hasValue(1);
    }

    @Test
    void aNoIsRemembered() {
        answers = answers(NO);
        strict.refuse(host);
        strict.refuse(host);
        assertThat(asked).hasValue(1);
    }

    /** firewalld takes its rules away, and gives up its name only then. */
    @Test
    void aYesIsAskedForAgain() throws IOException {
        answers = answers(YES);
        assertThatThrownBy(() -> strict.refuse(host))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("StrictForwardPorts enabled");

        Files.delete(root.resolve("system_bus_socket"));
        strict.refuse(host);
    }
}
