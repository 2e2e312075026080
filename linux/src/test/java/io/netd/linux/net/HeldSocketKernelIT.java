package io.netd.linux.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.testing.ThrowawayNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeldSocketKernelIT {
    private static final IpAddress ANY = IpAddress.parse("0.0.0.0");
    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1");

    private final ThrowawayNamespace host = ThrowawayNamespace.create();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void isSeenByOthersUntilItIsClosed() {
        HeldSocket held = host.call(() -> HeldSocket.tcp(ANY, 8080));
        assertThat(held.port()).isEqualTo(8080);
        assertThat(host.sh("ss -Hltn")).contains("0.0.0.0:8080");
        held.close();
        assertThat(host.sh("ss -Hltn")).isEmpty();
    }

    @Test
    void refusesASecondBindOfTheSameOrAMoreSpecificAddress() {
        try (HeldSocket held = host.call(() -> HeldSocket.tcp(ANY, 8080))) {
            assertInUse(() -> HeldSocket.tcp(ANY, held.port()));
            assertInUse(() -> HeldSocket.tcp(LOOPBACK, held.port()));
            assertInUse(() -> HeldSocket.dualStack(Protocol.TCP, held.port()));
            host.call(() -> HeldSocket.udp(ANY, 8080)).close();
        }
        host.call(() -> HeldSocket.tcp(LOOPBACK, 8080)).close();
    }

    @Test
    void udpIsHeldToo() {
        try (HeldSocket held = host.call(() -> HeldSocket.udp(LOOPBACK, 0))) {
            assertThat(host.sh("ss -Hlun")).contains("127.0.0.1:" + held.port());
            assertInUse(() -> HeldSocket.udp(LOOPBACK, held.port()));
        }
    }

    @Test
    void sctpIsHeldToo() {
        assumeTrue(Files.isDirectory(Path.of("/proc/sys/net/sctp")), "this kernel has no SCTP");
        try (HeldSocket held = host.call(() -> HeldSocket.open(Protocol.SCTP, ANY, 8080));
                HeldSocket other = host.call(() -> HeldSocket.dualStack(Protocol.SCTP, 8081))) {
            assertThat(host.sh("ss -Hln --sctp")).contains("0.0.0.0:8080", "*:8081");
            assertInUse(() -> HeldSocket.open(Protocol.SCTP, LOOPBACK, held.port()));
            assertInUse(() -> HeldSocket.open(Protocol.SCTP, ANY, other.port()));
        }
        host.call(() -> HeldSocket.open(Protocol.SCTP, LOOPBACK, 8080)).close();
    }

    @Test
    void dualStackHoldsBothFamilies() {
        try (HeldSocket held = host.call(() -> HeldSocket.dualStack(Protocol.TCP, 8080))) {
            assertThat(host.sh("ss -Hltn")).contains("*:8080");
            assertInUse(() -> HeldSocket.tcp(ANY, held.port()));
            assertInUse(() -> HeldSocket.tcp(IpAddress.parse("::1"), held.port()));
        }
        HeldSocket six = host.call(() -> HeldSocket.tcp(IpAddress.parse("::"), 8080));
        HeldSocket four = host.call(() -> HeldSocket.tcp(ANY, 8080));
        four.close();
        six.close();
    }

    @Test
    void nobodyIsAnswered() {
        try (HeldSocket held = host.call(() -> HeldSocket.tcp(LOOPBACK, 0))) {
            host.run(() -> assertThatThrownBy(() -> connect(held.port())).isInstanceOf(SocketTimeoutException.class));
        }
    }

    @Test
    void onlyWhatTheHostSendsToItsOwnLoopbackIsHeard() throws IOException {
        try (ThrowawayNamespace wire = ThrowawayNamespace.create();
                HeldSocket held = host.call(() -> HeldSocket.dualStack(Protocol.TCP, 8080))) {
            connectToWire(wire);
            held.hearLoopback();
            for (String own : new String[] {"127.0.0.1", "2001:db8::1", "192.0.2.1"}) {
                host.run(() -> assertUnanswered(own));
            }
            for (String fromOutside : new String[] {"2001:db8::1", "192.0.2.1", "2001:db8::bad"}) {
                wire.run(() -> assertUnanswered(fromOutside));
            }
            assertThat(held.accept()).isEmpty();
            assertThat(host.sh("nft list ruleset")).contains("counter").doesNotContain("packets 0");
            try (Socket client = host.call(() -> connected("::1"));
                    StreamSocket accepted = held.accept().orElseThrow()) {
                assertThat(accepted.isConnected()).isTrue();
                client.getOutputStream().write(1);
                ByteBuffer buffer = ByteBuffer.allocateDirect(10);
                while (accepted.receive(buffer) == 0) {
                    Thread.onSpinWait();
                }
                assertThat(buffer.position()).isEqualTo(1);
            }
        }
    }

    /** A link to the host, which translates 2001:db8::bad to its ::1. */
    private void connectToWire(ThrowawayNamespace wire) {
        host.exec("ip", "link", "add", "name", "uplink", "type", "veth", "peer", "name", "eth0");
        try (Fd namespace = wire.namespace().fd().duplicate()) {
            host.exec(
                    "ip", "link", "set", "eth0", "netns", namespace.sharedPath().toString());
        }
        host.sh("ip address add 2001:db8::1/64 dev uplink nodad; ip address add 192.0.2.1/24 dev uplink;"
                + "ip link set uplink up");
        wire.sh("ip address add 2001:db8::2/64 dev eth0 nodad; ip address add 192.0.2.2/24 dev eth0;"
                + "ip link set eth0 up; ip route add 2001:db8::bad via 2001:db8::1");
        host.sh("nft 'add table ip6 t; add chain ip6 t c { type nat hook prerouting priority -100; };"
                + " add rule ip6 t c ip6 daddr 2001:db8::bad counter dnat to ::1'");
    }

    private static Socket connected(String address) {
        try {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(InetAddress.getByName(address), 8080), 300);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertUnanswered(String address) {
        assertThatThrownBy(() -> connected(address).close())
                .as(address)
                .hasCauseInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void anAddressTheHostHasNotIsRefused() {
        assertThatThrownBy(() -> host.call(() -> HeldSocket.tcp(IpAddress.parse("192.0.2.1"), 80)))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EADDRNOTAVAIL));
    }

    private static void connect(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 300);
        }
    }

    private void assertInUse(Runnable open) {
        assertThatThrownBy(() -> host.run(open))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE));
    }
}
