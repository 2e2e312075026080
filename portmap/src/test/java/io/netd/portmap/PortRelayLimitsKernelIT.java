package io.netd.portmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.linux.proc.Program;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Too many who come at once are turned away, and who does not read holds up nobody else. */
class PortRelayLimitsKernelIT extends PortRelayTestBase {
    private static final int PARTS = 1000;
    private static final int EXCHANGES = 2000;
    private static final int NARROW = 4096;

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

    /** The script has all descriptors taken that this process has below the first free one, and gives back the rest. */
    @Test
    void whoComesWhenThereIsNoDescriptorLeftIsTurnedAway() throws IOException {
        publish(PORT + ":", server("127.0.0.2"), "127.0.0.2");
        for (int i = 0; i < GAPS; i++) {
            closeAtTheEnd(new FileInputStream("/dev/null"));
        }

        String process = Long.toString(ProcessHandle.current().pid());
        Program script = Program.of("sh", "-c", WITHOUT_DESCRIPTORS, "sh", process, Integer.toString(PORT));
        assertThat(script.run().out()).isEqualTo("reset\n");
        connect().close();
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

    private void greetEachOn(ServerSocket server) {
        Thread thread = new Thread(() -> {
            try {
                server.setSoTimeout(0);
                while (true) {
                    Socket accepted = server.accept();
                    closeAtTheEnd(accepted);
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
            assertCarried(client, accepted);
            still = taken.get() == before ? still : 0;
            before = taken.get();
        }
        assertThat(before).isLessThan(PARTS);
    }
}
