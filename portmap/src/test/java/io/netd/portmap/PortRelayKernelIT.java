package io.netd.portmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.linux.proc.Program;
import io.netd.portmap.relay.Limits;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host sends to its ::1 reaches containers; here they are servers on other loopback addresses. */
class PortRelayKernelIT {
    private static final PortOwner WEB = new PortOwner("a/eth0", "container web");
    private static final int PORT = 18070;
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("::1", PORT);
    private static final int CONNECTIONS = 8;
    private static final int MANY_BYTES = 20_000_000;

    private static final int PARTS = 1000;
    private static final int EXCHANGES = 2000;
    private static final int NARROW = 4096;

    /** In milliseconds: a relay that says nothing fails the test and does not hold it up. */
    private static final int PATIENCE = 20_000;

    /** More than there may be between those in use. */
    private static final int GAPS = 64;

    private static final String WITHOUT_DESCRIPTORS = """
            before=$(prlimit --pid $1 --nofile --output SOFT --noheadings)
            free=0; while [ -e /proc/$1/fd/$free ]; do free=$((free + 1)); done
            prlimit --pid $1 --nofile=$free:
            python3 - $2 <<'END'
            import socket, sys
            client = socket.create_connection(("::1", int(sys.argv[1])))
            client.settimeout(10)
            try:
                print("answer", client.recv(1))
            except ConnectionResetError:
                print("reset")
            except TimeoutError:
                print("nothing")
            END
            prlimit --pid $1 --nofile=$before:
            """;

    private final PortReservations ports = PortReservations.holding(new PortTable());
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

    @ParameterizedTest
    @ValueSource(strings = {"18070:", "[::]:18070:", "[::1]:18070:"})
    void whatIsPublishedOnLoopbackIsCarriedBothWaysToItsEnd(String flag) throws IOException {
        ServerSocket server = server("127.0.0.2");
        publish(flag, server, "127.0.0.2");
        CompletableFuture<Void> echo = inBackground(() -> {
            try (Socket accepted = accept(server)) {
                // Only when all has come, so that the client's end must have been carried.
                byte[] all = accepted.getInputStream().readAllBytes();
                accepted.getOutputStream().write(all);
            }
        });
        byte[] sent = new byte[MANY_BYTES];
        new Random(1).nextBytes(sent);
        try (Socket client = connect()) {
            client.getOutputStream().write(sent);
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
        }
        echo.join();
    }

    @Test
    void theServersEndIsCarriedWhileTheClientGoesOn() throws IOException {
        ServerSocket server = server("127.0.0.2");
        publish(PORT + ":", server, "127.0.0.2");
        try (Socket client = connect();
                Socket accepted = accept(server)) {
            accepted.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            client.getOutputStream().write(7);
            assertThat(accepted.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void ipv6OfTheContainerIsPreferred() throws IOException {
        ServerSocket server = server("::1");
        publish(PORT + ":", server, "127.0.0.2", "::1");
        try (Socket client = connect();
                Socket accepted = accept(server)) {
            assertThat(accepted.getInetAddress()).isEqualTo(InetAddress.getByName("::1"));
            client.getOutputStream().write(7);
            assertThat(accepted.getInputStream().read()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:18070:", "127.0.0.1:18070:"})
    void whatIsPublishedByIpv4OnlyIsNotThere(String flag) throws IOException {
        publish(flag, server("127.0.0.2"), "127.0.0.2");
        // Refused at once: of a silent port the kernel says the same after minutes.
        assertThatThrownBy(() -> new Socket().connect(LOOPBACK, PATIENCE)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aServerThatRefusesOrBreaksOffIsHeardAtTheOtherEnd() throws IOException {
        ServerSocket server = server("127.0.0.2");
        publish(PORT + ":", server, "127.0.0.2");
        Socket client = connect();
        resetNext(server);
        assertReset(client);
        server.close();
        assertReset(connect());
    }

    /** The script has all descriptors taken that this process has below the first free one, and gives back the rest. */
    @Test
    void whoComesWhenThereIsNoDescriptorLeftIsTurnedAway() throws IOException {
        publish(PORT + ":", server("127.0.0.2"), "127.0.0.2");
        for (int i = 0; i < GAPS; i++) {
            closing.add(new FileInputStream("/dev/null"));
        }

        String process = Long.toString(ProcessHandle.current().pid());
        Program script = Program.of("sh", "-c", WITHOUT_DESCRIPTORS, "sh", process, Integer.toString(PORT));
        assertThat(script.run().out()).isEqualTo("reset\n");
        connect().close();
    }

    @Test
    void aClientThatBreaksOffIsHeardAtTheOtherEnd() throws IOException {
        ServerSocket server = server("127.0.0.2");
        publish(PORT + ":", server, "127.0.0.2");
        Socket client = connect();
        try (Socket accepted = accept(server)) {
            reset(client);
            assertReset(accepted);
        }
    }

    @Test
    void connectionsBeyondTheLimitAreTurnedAwayAtOnce() throws IOException {
        ServerSocket server = server("127.0.0.2");
        publish(PORT + ":", server, "127.0.0.2");
        greetEachOn(server);
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(connect());
            assertThat(isGreeted(clients.get(i))).isTrue();
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            assertThat(isGreeted(connect())).isFalse();
        }
        for (Socket client : clients) {
            client.close();
            // The relay hears of it a moment later.
            Socket next = connect();
            while (!isGreeted(next)) {
                next.close();
                next = connect();
            }
        }
    }

    @Test
    void whoDoesNotReadHoldsUpNobodyElse() throws IOException {
        ServerSocket server = server("127.0.0.2");
        publish(PORT + ":", server, "127.0.0.2");
        // The kernel would take all of it for somebody who reads late, if it were let.
        Socket narrow = new Socket();
        narrow.setReceiveBufferSize(NARROW);
        try (Socket stuck = connect(narrow);
                Socket flood = accept(server)) {
            AtomicInteger taken = new AtomicInteger();
            CompletableFuture<Void> flooding = inBackground(() -> {
                for (int i = 0; i < PARTS; i++) {
                    flood.getOutputStream().write(new byte[MANY_BYTES / PARTS]);
                    taken.incrementAndGet();
                }
            });
            assertThat(stuck.getInputStream().read()).isZero();
            try (Socket client = connect();
                    Socket accepted = accept(server)) {
                exchangeUntilStill(client, accepted, taken);
            }
            stuck.getInputStream().readNBytes(MANY_BYTES - 1);
            flooding.join();
        }
    }

    /** Until the flood has stopped, for only then somebody could be held up. */
    private static void exchangeUntilStill(Socket client, Socket accepted, AtomicInteger taken) throws IOException {
        int before = -1;
        for (int still = 0; still < EXCHANGES; still++) {
            client.getOutputStream().write(7);
            assertThat(accepted.getInputStream().read()).isEqualTo(7);
            still = taken.get() == before ? still : 0;
            before = taken.get();
        }
        assertThat(before).isLessThan(PARTS);
    }

    @Test
    void withThePortItsConnectionsEnd() throws IOException {
        ServerSocket server = server("127.0.0.2");
        publish(PORT + ":", server, "127.0.0.2");
        try (Socket client = connect();
                Socket accepted = accept(server)) {
            ports.release(WEB, ports.of(WEB.key()));
            assertReset(client);
            assertReset(accepted);
        }
        new ServerSocket(PORT).close();
    }

    @Test
    void whereIpv6IsTakenBackWhoComesIsTurnedAway() throws IOException {
        ServerSocket server = server("127.0.0.2");
        List<PortMapping> published = publishBoth(server);
        try (Socket client = connect();
                Socket accepted = accept(server)) {
            ports.release(WEB, published.subList(1, 2));
            assertReset(client);
            assertReset(accepted);
        }
        // Refused at once: of a silent port the kernel says the same after minutes.
        assertThatThrownBy(() -> new Socket().connect(LOOPBACK, PATIENCE)).isInstanceOf(ConnectException.class);
        assertThat(ports.heldSockets()).isEqualTo(1);
    }

    @Test
    void whereIpv4IsTakenBackConnectionsGoOn() throws IOException {
        ServerSocket server = server("127.0.0.2");
        List<PortMapping> published = publishBoth(server);
        try (Socket client = connect();
                Socket accepted = accept(server)) {
            ports.release(WEB, published.subList(0, 1));
            client.getOutputStream().write(7);
            assertThat(accepted.getInputStream().read()).isEqualTo(7);
            try (Socket late = connect();
                    Socket second = accept(server)) {
                late.getOutputStream().write(8);
                assertThat(second.getInputStream().read()).isEqualTo(8);
            }
            ports.release(WEB, published.subList(1, 2));
            assertReset(client);
            assertReset(accepted);
        }
    }

    private List<PortMapping> publishBoth(ServerSocket server) {
        List<IpAddress> both = List.of(IpAddress.any(IpFamily.IPV4), IpAddress.any(IpFamily.IPV6));
        PortRequest request =
                PublishFlag.parse(PORT + ":" + server.getLocalPort()).get(0).on(both);
        List<PortMapping> published = ports.reserve(WEB, List.of(request), Grip.HELD);
        relay("127.0.0.2");
        return published;
    }

    @Test
    void nothingIsRelayedBeforeItIsSaidWhereTo() throws IOException {
        ServerSocket server = server("127.0.0.2");
        ports.restore(WEB, Mappings.of(PORT + ":" + server.getLocalPort()), Grip.HELD);
        relay("127.0.0.2");
        relay("127.0.0.2");
        try (Socket client = connect();
                Socket accepted = accept(server)) {
            client.getOutputStream().write(7);
            assertThat(accepted.getInputStream().read()).isEqualTo(7);
        }
    }

    private void greetEachOn(ServerSocket server) {
        Thread thread = new Thread(() -> {
            try {
                server.setSoTimeout(0);
                while (true) {
                    Socket accepted = server.accept();
                    closing.add(accepted);
                    accepted.getOutputStream().write(7);
                    accepted.shutdownOutput();
                }
            } catch (IOException e) {
                assertThat(server.isClosed()).isTrue();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean isGreeted(Socket client) throws IOException {
        try {
            return client.getInputStream().read() == 7;
        } catch (SocketException e) {
            return false;
        }
    }

    private ServerSocket server(String address) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName(address));
        server.setSoTimeout(PATIENCE);
        closing.add(server);
        return server;
    }

    private void publish(String flag, ServerSocket server, String... containers) {
        ports.reserve(WEB, PublishFlag.parse(flag + server.getLocalPort()), Grip.HELD);
        relay(containers);
    }

    private void relay(String... containers) {
        ports.relay(
                WEB.key(), List.of(containers).stream().map(IpAddress::parse).toList());
    }

    private Socket connect() throws IOException {
        return connect(new Socket());
    }

    private Socket connect(Socket client) throws IOException {
        client.connect(LOOPBACK);
        client.setSoTimeout(PATIENCE);
        closing.add(client);
        return client;
    }

    private static Socket accept(ServerSocket server) throws IOException {
        Socket accepted = server.accept();
        accepted.setSoTimeout(PATIENCE);
        return accepted;
    }

    private static void resetNext(ServerSocket server) throws IOException {
        reset(accept(server));
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> inBackground(Work work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
