package io.netd.portmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortReservationsKernelIT {
    private static final PortOwner WEB = new PortOwner("a/eth0", "container web");
    private static final PortOwner OTHER = new PortOwner("b/eth0", "container other");

    private final PortTable table = new PortTable();

    @Test
    void aHeldPortCannotBeBoundUntilItIsReleased() throws IOException {
        try (PortReservations ports = PortReservations.holding(table)) {
            ports.reserve(WEB, PublishFlag.parse("18080:80"), Grip.HELD);
            assertThatThrownBy(() -> new ServerSocket(18080).close()).isInstanceOf(IOException.class);
            ports.release(WEB.key());
            new ServerSocket(18080).close();
        }
    }

    @Test
    void aBookedPortIsLeftToItsOwnerAndRefusedToOthers() throws IOException {
        try (PortReservations ports = PortReservations.holding(table)) {
            ports.reserve(WEB, PublishFlag.parse("18080:80"), Grip.BOOKED);
            new ServerSocket(18080).close();
            assertThatThrownBy(() -> ports.reserve(OTHER, PublishFlag.parse("18080:80"), Grip.BOOKED))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("already allocated by container web");
        }
    }

    @Test
    void aPortOfAProcessIsRefusedAndNothingIsKept() throws IOException {
        try (PortReservations ports = PortReservations.holding(table);
                ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = busy.getLocalPort();
            int free = port == 65535 ? port - 1 : port + 1;
            List<PortMapping> wanted = List.of(
                    PublishFlag.parse(free + ":80").get(0),
                    PublishFlag.parse(port + ":80").get(0));
            assertThatThrownBy(() -> ports.reserve(WEB, wanted, Grip.HELD))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageStartingWith(
                            "failed to bind host port 0.0.0.0:" + port + "/tcp: address already in use");
            new ServerSocket(free).close();
            assertThat(ports.of(WEB.key())).isEmpty();
        }
    }

    @Test
    void anOpenPortGetsANumberThatIsHeld() {
        try (PortReservations ports = PortReservations.holding(table)) {
            List<PortMapping> settled = ports.reserve(WEB, PublishFlag.parse("80/udp"), Grip.HELD);
            assertThat(settled.get(0).hostPort()).isPositive();
            assertThat(ports.of(WEB.key())).isEqualTo(settled);
        }
    }

    @Test
    void anAddressThatTheHostLacksIsRefused() {
        try (PortReservations ports = PortReservations.holding(table)) {
            assertThatThrownBy(() -> ports.reserve(WEB, PublishFlag.parse("192.0.2.1:80:80"), Grip.HELD))
                    .hasMessageStartingWith(
                            "failed to bind host port 192.0.2.1:80/tcp: cannot assign requested address");
        }
    }

    @Test
    void anotherNamespaceIsProbedInsideAndNothingStaysOpenThere() {
        try (ThrowawayNamespace host = ThrowawayNamespace.create();
                PortReservations ports = PortReservations.probing(table, host.namespace())) {
            ports.reserve(WEB, PublishFlag.parse("18080:80"), Grip.HELD);
            assertThat(host.sh("ss -Htln")).isEmpty();
            assertThatThrownBy(() -> ports.reserve(OTHER, PublishFlag.parse("18080:80"), Grip.HELD))
                    .hasMessageContaining("container web");
        }
    }

    @Test
    void whatWasHeldBeforeARestartIsHeldAgain() {
        try (PortReservations ports = PortReservations.holding(table)) {
            assertThat(ports.restore(WEB, PublishFlag.parse("18080:80"), Grip.HELD))
                    .isEmpty();
            assertThatThrownBy(() -> new ServerSocket(18080).close()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void connectionsOfAnEarlierListenerAreNotInTheWay() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
            port = server.getLocalPort();
            server.accept().close();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(Program.of("ss", "-Htan", "state", "time-wait").run().out()).contains(":" + port);
        try (PortReservations ports = PortReservations.holding(table)) {
            assertThat(ports.reserve(WEB, PublishFlag.parse(port + ":80"), Grip.HELD))
                    .hasSize(1);
        }
    }
}
