package io.netd.portmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.linux.net.HeldSocket;
import io.netd.linux.proc.Program;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.testing.ThrowawayNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            List<PortRequest> wanted = List.of(
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
    void ofARangeTheFirstFreePortIsTaken() throws IOException {
        try (ThrowawayNamespace host = ThrowawayNamespace.create();
                PortReservations ports = PortReservations.probing(table, host.namespace())) {
            assertThat(ports.reserve(OTHER, PublishFlag.parse("8000:80"), Grip.BOOKED))
                    .hasSize(1);
            try (HeldSocket busy = host.namespace().call(() -> HeldSocket.tcp(IpAddress.any(IpFamily.IPV4), 8001))) {
                List<PortRequest> wanted = Stream.of("8000-8004:80", "8000-8004:80", "8003:80")
                        .flatMap(flag -> PublishFlag.parse(flag).stream())
                        .toList();
                assertThat(ports.reserve(WEB, wanted, Grip.BOOKED))
                        .extracting(PortMapping::hostPort)
                        .containsExactly(8002, 8004, 8003);
                assertThat(busy.port()).isEqualTo(8001);
            }
        }
    }

    @Test
    void aRangeWithoutAFreePortIsRefusedAndNothingIsKept() {
        try (ThrowawayNamespace host = ThrowawayNamespace.create();
                PortReservations ports = PortReservations.probing(table, host.namespace())) {
            ports.reserve(OTHER, PublishFlag.parse("8000-8001:80-81"), Grip.BOOKED);
            assertThatThrownBy(() -> ports.reserve(WEB, PublishFlag.parse("8000-8001:80"), Grip.BOOKED))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessage("Bind for 0.0.0.0:8000-8001 failed: all ports are allocated");
            assertThat(ports.of(WEB.key())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"80/tcp", "80/udp", "80/sctp", "9000-9005:80"})
    void bothFamiliesGetTheSamePort(String flag) {
        List<IpAddress> both = List.of(IpAddress.any(IpFamily.IPV4), IpAddress.any(IpFamily.IPV6));
        try (ThrowawayNamespace host = ThrowawayNamespace.create();
                PortReservations ports = PortReservations.probing(table, host.namespace());
                HeldSocket busy = host.namespace().call(() -> HeldSocket.tcp(both.get(1), 9000))) {
            List<PortMapping> settled =
                    ports.reserve(WEB, List.of(PublishFlag.parse(flag).get(0).on(both)), Grip.BOOKED);
            assertThat(settled)
                    .extracting(mapping -> mapping.hostIp().orElseThrow())
                    .isEqualTo(both);
            assertThat(settled.get(0).hostPort())
                    .isEqualTo(settled.get(1).hostPort())
                    .isNotIn(0, busy.port());
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
            assertThat(ports.restore(WEB, Mappings.of("18080:80"), Grip.HELD)).isEmpty();
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

    @Test
    void bothFamiliesAreHeldByOneSocket() {
        List<IpAddress> both = List.of(IpAddress.any(IpFamily.IPV4), IpAddress.any(IpFamily.IPV6));
        try (PortReservations ports = PortReservations.holding(table)) {
            for (String flag : List.of("18090:80", "18090:80/udp")) {
                ports.reserve(WEB, List.of(PublishFlag.parse(flag).get(0).on(both)), Grip.HELD);
            }
            assertThat(ports.heldSockets()).isEqualTo(2);
            assertThat(Program.of("ss", "-Htuln", "sport", "=", ":18090")
                            .run()
                            .out()
                            .lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("*:18090"));
            assertThatThrownBy(() -> HeldSocket.tcp(IpAddress.parse("127.0.0.1"), 18090))
                    .isInstanceOf(LinuxException.class);
            assertThatThrownBy(() -> HeldSocket.udp(IpAddress.parse("::1"), 18090))
                    .isInstanceOf(LinuxException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"18095:80", "18095:80/udp"})
    void oneFamilyThatIsTakenBackIsFreeAndTheOtherStaysHeld(String flag) {
        List<IpAddress> both = List.of(IpAddress.any(IpFamily.IPV4), IpAddress.any(IpFamily.IPV6));
        PortRequest request = PublishFlag.parse(flag).get(0);
        try (PortReservations ports = PortReservations.holding(table)) {
            List<PortMapping> had = ports.reserve(WEB, List.of(request.on(both)), Grip.HELD);
            ports.release(WEB, had.subList(1, 2));

            assertThat(ports.heldSockets()).isEqualTo(1);
            assertThatThrownBy(() -> HeldSocket.open(request.protocol(), both.get(0), 18095))
                    .isInstanceOf(LinuxException.class);
            HeldSocket.open(request.protocol(), both.get(1), 18095).close();
            assertThat(ports.reserve(OTHER, List.of(request.on(both.subList(1, 2))), Grip.HELD))
                    .isEqualTo(had.subList(1, 2));

            ports.release(WEB.key());
            ports.release(OTHER.key());
            HeldSocket.dualStack(request.protocol(), 18095).close();
        }
    }

    @Test
    void freePortsGoOnBehindTheLastOneWithinTheHostsRange() {
        try (ThrowawayNamespace host = ThrowawayNamespace.create();
                PortReservations ports = PortReservations.probing(table, host.namespace())) {
            host.sh("echo 20000 20004 > /proc/sys/net/ipv4/ip_local_port_range");
            host.sh("echo 20002 > /proc/sys/net/ipv4/ip_local_reserved_ports");
            assertThat(chosen(ports, WEB)).isEqualTo(20000);
            assertThat(chosen(ports, OTHER)).isEqualTo(20001);
            ports.release(WEB.key());
            assertThat(chosen(ports, OTHER)).isEqualTo(20003);
            assertThat(chosen(ports, OTHER)).isEqualTo(20004);
            assertThat(chosen(ports, OTHER)).isEqualTo(20000);
            assertThatThrownBy(() -> chosen(ports, WEB))
                    .hasMessage("Bind for 0.0.0.0:0 failed: all ports are allocated");
            assertThat(ports.reserve(WEB, PublishFlag.parse("20002:80"), Grip.BOOKED))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void tenPortsOfOthersArePutUpWith(int busy) {
        try (ThrowawayNamespace host = ThrowawayNamespace.create();
                PortReservations ports = PortReservations.probing(table, host.namespace())) {
            host.sh("echo 20000 20020 > /proc/sys/net/ipv4/ip_local_port_range");
            List<HeldSocket> others = IntStream.range(20000, 20000 + busy)
                    .mapToObj(port -> host.call(() -> HeldSocket.tcp(IpAddress.any(IpFamily.IPV4), port)))
                    .toList();
            if (busy == 10) {
                assertThat(chosen(ports, WEB)).isEqualTo(20010);
            } else {
                assertThatThrownBy(() -> chosen(ports, WEB))
                        .hasMessageStartingWith("failed to bind host port 0.0.0.0:20010/tcp: address already in use");
                assertThat(ports.of(WEB.key())).isEmpty();
            }
            others.forEach(HeldSocket::close);
        }
    }

    @Test
    void theProcessInTheWayIsNamedWhicheverFamilyItIsOf() {
        List<IpAddress> both = List.of(IpAddress.any(IpFamily.IPV4), IpAddress.any(IpFamily.IPV6));
        try (ThrowawayNamespace host = ThrowawayNamespace.create();
                PortReservations ports = PortReservations.probing(table, host.namespace());
                HeldSocket four = host.call(() -> HeldSocket.udp(IpAddress.any(IpFamily.IPV4), 5353));
                HeldSocket six = host.call(() -> HeldSocket.udp(IpAddress.any(IpFamily.IPV6), 5354));
                HeldSocket dual = host.call(() -> HeldSocket.dualStack(Protocol.UDP, 5355))) {
            String self = " by java (pid " + ProcessHandle.current().pid() + ")";
            assertThatThrownBy(() -> udp(ports, four.port(), both))
                    .hasMessage("failed to bind host port 0.0.0.0:5353/udp: address already in use" + self);
            assertThatThrownBy(() -> udp(ports, six.port(), both))
                    .hasMessage("failed to bind host port [::]:5354/udp: address already in use" + self);
            assertThatThrownBy(() -> udp(ports, dual.port(), both.subList(0, 1)))
                    .hasMessage("failed to bind host port 0.0.0.0:5355/udp: address already in use" + self);
            assertThat(ports.users(Protocol.UDP, dual.port()))
                    .extracting(PortUser::command)
                    .containsExactly("java");
        }
    }

    @Test
    void noMoreSocketsAreHeldThanTheLimitAllows() throws IOException {
        try (PortReservations ports = PortReservations.holding(table, 2)) {
            assertThatThrownBy(() -> ports.reserve(WEB, PublishFlag.parse("18091-18093:80-82"), Grip.HELD))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("RLIMIT_NOFILE");
            assertThat(ports.of(WEB.key())).isEmpty();
            assertThat(ports.reserve(WEB, PublishFlag.parse("18091-18092:80-81"), Grip.HELD))
                    .hasSize(2);
            assertThatThrownBy(() -> ports.reserve(OTHER, PublishFlag.parse("18093:80"), Grip.HELD))
                    .hasMessageContaining("netd holds 2 of at most 2 sockets");
            new ServerSocket(18093).close();
        }
    }

    @Test
    void aPortThatWasTakenMeanwhileIsToldWithItsTaker() throws IOException {
        try (PortReservations ports = PortReservations.holding(table);
                ServerSocket thief = new ServerSocket(18094)) {
            List<LostPort> lost = ports.restore(WEB, Mappings.of("18094:80"), Grip.HELD);
            assertThat(lost).singleElement().satisfies(port -> {
                assertThat(port.mapping().hostPort()).isEqualTo(thief.getLocalPort());
                assertThat(port.user().orElseThrow().pid())
                        .isEqualTo((int) ProcessHandle.current().pid());
            });
            assertThat(ports.of(WEB.key())).hasSize(1);
        }
    }

    @Test
    void whatWasTakenMeanwhileIsNamedWithWhoHasItNowUntilItsOwnerGivesItBack() throws IOException {
        try (PortReservations ports = PortReservations.holding(table)) {
            List<PortMapping> had = Mappings.of("18094-18095:80-81");
            try (ServerSocket thief = new ServerSocket(18094)) {
                ports.restore(WEB, had, Grip.HELD);
                assertThat(ports.unheld()).singleElement().satisfies(port -> {
                    assertThat(port.owner()).isEqualTo(WEB);
                    assertThat(port.mapping().hostPort()).isEqualTo(thief.getLocalPort());
                    assertThat(port.user().orElseThrow().pid())
                            .isEqualTo((int) ProcessHandle.current().pid());
                });
            }
            assertThat(ports.unheld())
                    .singleElement()
                    .satisfies(port -> assertThat(port.user()).isEmpty());
            ports.release(WEB, had.subList(1, 2));
            assertThat(ports.unheld()).hasSize(1);
            ports.release(WEB, had.subList(0, 1));
            assertThat(ports.unheld()).isEmpty();
        }
    }

    @Test
    void whatIsMoreThanMayBeHeldNowIsTold() {
        try (PortReservations ports = PortReservations.holding(table, 1)) {
            List<LostPort> lost = ports.restore(WEB, Mappings.of("18094-18096:80-82"), Grip.HELD);
            assertThat(lost).extracting(port -> port.mapping().hostPort()).containsExactly(18095, 18096);
            assertThat(lost.get(0).reason()).contains("netd holds 0 of at most 1 sockets");
            assertThat(ports.heldSockets()).isEqualTo(1);
            assertThat(ports.unheld()).hasSize(2);
        }
    }

    @Test
    void whatWasTakenMeanwhileIsForgottenWithItsOwner() throws IOException {
        try (PortReservations ports = PortReservations.holding(table);
                ServerSocket thief = new ServerSocket(18094)) {
            List<PortMapping> had = Mappings.of(thief.getLocalPort() + ":80");
            ports.restore(WEB, had, Grip.HELD);
            ports.restore(OTHER, had, Grip.HELD);
            ports.release(WEB.key());
            assertThat(ports.unheld())
                    .singleElement()
                    .satisfies(port -> assertThat(port.owner()).isEqualTo(OTHER));
        }
    }

    private static int chosen(PortReservations ports, PortOwner owner) {
        return ports.reserve(owner, PublishFlag.parse("80"), Grip.BOOKED).get(0).hostPort();
    }

    private static List<PortMapping> udp(PortReservations ports, int port, List<IpAddress> addresses) {
        List<PortRequest> wanted =
                List.of(PublishFlag.parse(port + ":53/udp").get(0).on(addresses));
        return ports.reserve(WEB, wanted, Grip.BOOKED);
    }
}
