package io.netd.linux.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.testing.ThrowawayNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
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
