package io.netd.linux.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.testing.ThrowawayNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HeldSocketKernelIT {
    private static final IpAddress ANY = IpAddress.parse("0.0.0.0");
    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1");
    private static final int ROUNDS = 200;

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

    @ParameterizedTest
    @CsvSource({"TCP, 0.0.0.0", "TCP, ::", "UDP, 0.0.0.0", "UDP, ::"})
    void narrowedItHoldsOneFamilyAndTheOtherIsFree(Protocol protocol, String address) {
        IpAddress any = IpAddress.parse(address);
        IpAddress other = address.equals("::") ? ANY : IpAddress.parse("::");
        HeldSocket both = host.call(() -> HeldSocket.dualStack(protocol, 8080));
        HeldSocket narrow = host.call(() -> both.narrowed(any.family()));
        assertInUse(() -> HeldSocket.open(protocol, other, 8080));
        both.close();
        assertInUse(() -> HeldSocket.open(protocol, any, 8080));
        host.call(() -> HeldSocket.open(protocol, other, 8080)).close();
        assertThat(bindsShared(protocol, any)).isFalse();
        narrow.close();
        assertThat(bindsShared(protocol, any)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"TCP", "UDP"})
    void whileItIsNarrowedNobodyComesBetween(Protocol protocol) throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        HeldSocket held = host.call(() -> HeldSocket.dualStack(protocol, 8080));
        CompletableFuture<Boolean> thief = CompletableFuture.supplyAsync(() -> {
            boolean hasCome = false;
            while (!hasCome && !isOver.get()) {
                hasCome = bindsShared(protocol, ANY);
            }
            return hasCome;
        });
        for (int i = 0; i < ROUNDS; i++) {
            host.call(() -> held.narrowed(IpFamily.IPV4)).close();
        }
        isOver.set(true);
        assertThat(thief.get()).isFalse();
        held.close();
    }

    /** Whether another socket of this user's can be bound that would share the port. */
    private boolean bindsShared(Protocol protocol, IpAddress any) {
        InetSocketAddress place = new InetSocketAddress(any.toString(), 8080);
        ProtocolFamily family =
                any.family() == IpFamily.IPV6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        return host.call(() -> {
            try (NetworkChannel thief =
                    protocol == Protocol.TCP ? ServerSocketChannel.open(family) : DatagramChannel.open(family)) {
                thief.setOption(StandardSocketOptions.SO_REUSEPORT, true).bind(place);
                return true;
            } catch (BindException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
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
