package io.netd.portmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host sends to its ::1 reaches containers, and both ends hear of each other. */
class PortRelayKernelIT extends PortRelayTestBase {
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
            assertCarried(client, accepted);
        }
    }

    @Test
    void ipv6OfTheContainerIsPreferred() throws IOException {
        ServerSocket server = server("::1");
        publish(PORT + ":", server, "127.0.0.2", "::1");
        try (Socket client = connect();
                Socket accepted = accept(server)) {
            assertThat(accepted.getInetAddress()).isEqualTo(InetAddress.getByName("::1"));
            assertCarried(client, accepted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:18070:", "127.0.0.1:18070:"})
    void whatIsPublishedByIpv4OnlyIsNotThere(String flag) throws IOException {
        publish(flag, server("127.0.0.2"), "127.0.0.2");
        assertRefused();
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

    private static void resetNext(ServerSocket server) throws IOException {
        reset(accept(server));
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
