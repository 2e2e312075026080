package io.netd.portmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.portmap.relay.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A port whose relay leads to containers; these are servers on other loopback addresses. */
abstract class PortRelayTestBase {
    static final PortOwner WEB = new PortOwner("a/eth0", "container web");
    static final int PORT = 18070;
    static final int CONNECTIONS = 8;
    static final int MANY_BYTES = 20_000_000;
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("::1", PORT);

    /** In milliseconds: a relay that says nothing fails the test and does not hold it up. */
    private static final int PATIENCE = 20_000;

    final PortReservations ports = PortReservations.holding(new PortTable());
    private final Collection<AutoCloseable> closing = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void openRelay() {
        ports.openRelay(new Limits(CONNECTIONS, 0, Duration.ZERO));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable opened : closing) {
            opened.close();
        }
        ports.close();
    }

    void closeAtTheEnd(AutoCloseable opened) {
        closing.add(opened);
    }

    ServerSocket server(String address) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName(address));
        server.setSoTimeout(PATIENCE);
        closeAtTheEnd(server);
        return server;
    }

    void publish(String flag, ServerSocket server, String... containers) {
        ports.reserve(WEB, PublishFlag.parse(flag + server.getLocalPort()), Grip.HELD);
        relay(containers);
    }

    void relay(String... containers) {
        ports.relay(
                WEB.key(), List.of(containers).stream().map(IpAddress::parse).toList());
    }

    Socket connect() throws IOException {
        return connect(new Socket());
    }

    Socket connect(Socket client) throws IOException {
        client.connect(LOOPBACK);
        client.setSoTimeout(PATIENCE);
        closeAtTheEnd(client);
        return client;
    }

    static Socket accept(ServerSocket server) throws IOException {
        Socket accepted = server.accept();
        accepted.setSoTimeout(PATIENCE);
        return accepted;
    }

    static void assertRefused() {
        // Refused at once: of a silent port the kernel says the same after minutes.
        assertThatThrownBy(() -> new Socket().connect(LOOPBACK, PATIENCE)).isInstanceOf(ConnectException.class);
    }

    static void assertCarried(Socket from, Socket to) throws IOException {
        from.getOutputStream().write(7);
        assertThat(to.getInputStream().read()).isEqualTo(7);
    }

    static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
    }

    interface Work {
        void run() throws IOException;
    }

    static CompletableFuture<Void> inBackground(Work work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
