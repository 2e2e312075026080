package io.netd.netlink.diag;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketDiagKernelIT {
    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private final SocketDiag diag = SocketDiag.openIn(host.namespace());

    @AfterEach
    void close() {
        diag.close();
        host.close();
    }

    @Test
    void aTcpListenerIsFoundWithItsOwner() throws IOException {
        try (ServerSocket server = listen("127.0.0.1", 8080)) {
            List<SocketInfo> found = diag.listeners(Protocol.TCP, 8080);
            assertThat(found).hasSize(1);
            assertThat(found.get(0).local()).isEqualTo(IpAddress.parse("127.0.0.1"));
            assertThat(found.get(0).port()).isEqualTo(server.getLocalPort());
            assertThat(host.sh("ss -Htlne sport = 8080"))
                    .contains("ino:" + found.get(0).inode());
            assertThat(diag.owner(found.get(0).inode()))
                    .hasValueSatisfying(owner -> assertThat(owner.pid())
                            .isEqualTo((int) ProcessHandle.current().pid()));
            assertThat(diag.listeners(Protocol.TCP, 8081)).isEmpty();
            assertThat(diag.listeners(Protocol.UDP, 8080)).isEmpty();
        }
        assertThat(diag.listeners(Protocol.TCP, 8080)).isEmpty();
    }

    @Test
    void aUdpSocketIsFound() {
        try (DatagramSocket socket = host.call(SocketDiagKernelIT::datagram)) {
            List<SocketInfo> found = diag.listeners(Protocol.UDP, 5353);
            assertThat(found).extracting(SocketInfo::port).containsExactly(socket.getLocalPort());
            assertThat(found.get(0).local().isAny()).isTrue();
            assertThat(found.get(0).collidesWith(IpAddress.parse("10.0.0.1"))).isTrue();
        }
    }

    @Test
    void aListenerOfAnotherProcessIsNamed() throws InterruptedException {
        Process process = host.call(
                () -> Program.of("busybox", "httpd", "-f", "-p", "[::]:9000").start());
        try {
            host.sh("until ss -Htln sport = 9000 | grep -q .; do sleep 0.02; done");
            SocketInfo info = diag.listeners(Protocol.TCP, 9000).get(0);
            assertThat(info.local()).isEqualTo(IpAddress.parse("::"));
            assertThat(info.isV6Only()).isFalse();
            assertThat(info.collidesWith(IpAddress.parse("0.0.0.0"))).isTrue();
            assertThat(info.collidesWith(IpAddress.parse("fd00::1"))).isTrue();
            SocketOwner owner = diag.owner(info.inode()).orElseThrow();
            assertThat(owner).isEqualTo(new SocketOwner((int) process.pid(), "busybox"));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aProtocolTheKernelLacksHasNoListeners() {
        assertThat(diag.listeners(Protocol.SCTP, 8080)).isEmpty();
        assertThat(diag.owner(0)).isEmpty();
        assertThat(diag.owner(1)).isEmpty();
    }

    private ServerSocket listen(String address, int port) {
        return host.call(() -> {
            try {
                ServerSocket server = new ServerSocket();
                server.bind(new InetSocketAddress(address, port));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static DatagramSocket datagram() {
        try {
            return new DatagramSocket(5353);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
