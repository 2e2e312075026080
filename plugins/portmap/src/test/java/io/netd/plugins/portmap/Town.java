package io.netd.plugins.portmap;

import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The throw-away host with a bridge, two containers on it and a neighbour on the wire, furnished by {@code ip}. */
final class Town implements AutoCloseable {
    final ThrowawayNamespace web = ThrowawayNamespace.create();
    final ThrowawayNamespace other = ThrowawayNamespace.create();
    final ThrowawayNamespace neighbour = ThrowawayNamespace.create();
    private final List<Process> servers = new ArrayList<>();
    private final List<DatagramSocket> sockets = new ArrayList<>();

    Town() {
        sh("ip link add br7 type bridge && ip addr add 10.77.0.1/24 dev br7 && ip link set br7 up");
        sh("echo 1 > /proc/sys/net/ipv4/ip_forward");
        plug(web, "v1", "10.77.0.2/24", "10.77.0.1");
        plug(other, "v2", "10.77.0.3/24", "10.77.0.1");
        // With br_netfilter a container reaches itself through the host only by a hairpin, as podman and netd set it.
        sh("ip link set v1 master br7 && ip link set v2 master br7 && bridge link set dev v1 hairpin on");
        plug(neighbour, "v3", "192.0.2.2/24", "192.0.2.1");
        sh("ip addr add 192.0.2.1/24 dev v3");
    }

    private static void plug(ThrowawayNamespace namespace, String hostEnd, String address, String gateway) {
        String path = "/proc/" + ProcessHandle.current().pid() + "/fd/"
                + namespace.namespace().fd().number();
        sh("ip link add " + hostEnd + " type veth peer name eth0 netns " + path + " && ip link set " + hostEnd + " up");
        namespace.sh(
                "ip addr add " + address + " dev eth0 && ip link set eth0 up && ip route add default via " + gateway);
    }

    /** Serves something on a TCP port of a namespace until the town closes. */
    void serve(ThrowawayNamespace namespace, int port, String text) {
        servers.add(namespace.call(
                () -> Program.of("busybox", "nc", "-ll", "-p", Integer.toString(port), "-e", "/bin/echo", text)
                        .start()));
        namespace.sh("for i in $(seq 100); do ss -Htln | grep -q ':" + port + " ' && exit 0; sleep 0.02; done; exit 1");
    }

    /** Answers every datagram to a UDP port of a namespace with itself. */
    void echo(ThrowawayNamespace namespace, int port) {
        DatagramSocket socket = namespace.call(() -> bound(port));
        sockets.add(socket);
        Thread echo = new Thread(() -> echo(socket), "echo");
        echo.setDaemon(true);
        echo.start();
    }

    private static void echo(DatagramSocket socket) {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        try {
            while (!socket.isClosed()) {
                socket.receive(packet);
                socket.send(packet);
            }
        } catch (IOException closed) {
            socket.close();
        }
    }

    /** What comes back for a datagram; empty when nothing does within 500 ms. */
    static String shout(DatagramSocket from, String address, int port, String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            from.setSoTimeout(500);
            from.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName(address), port));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            from.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
        } catch (IOException nothing) {
            return "";
        }
    }

    /** A UDP socket in the calling thread's namespace. */
    static DatagramSocket bound(int port) {
        try {
            return new DatagramSocket(new InetSocketAddress("0.0.0.0", port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a shell prints on the host; fails the test when it does not end with 0. */
    static String sh(String script) {
        Program.Output output = Program.of("sh", "-c", script).run();
        if (!output.succeeded()) {
            throw new AssertionError(script + ": " + output);
        }
        return output.out();
    }

    /** What a TCP server says, asked from the host. */
    static String ask(String address, int port) {
        return sh(asking(address, port));
    }

    /** What a TCP server says, asked from a namespace; empty when nothing answers. */
    static String ask(ThrowawayNamespace from, String address, int port) {
        return from.sh(asking(address, port));
    }

    private static String asking(String address, int port) {
        return "busybox timeout 3 busybox nc -w 1 " + address + " " + port + " </dev/null || true";
    }

    @Override
    public void close() {
        servers.forEach(Process::destroyForcibly);
        sockets.forEach(DatagramSocket::close);
        web.close();
        other.close();
        neighbour.close();
        sh(
                "ip link del br7; ip link del v1; ip link del v2; ip link del v3; echo 0 > /proc/sys/net/ipv4/ip_forward; true");
    }
}
