package io.netd.portmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.portmap.relay.Limits;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Datagrams that the host sends to its ::1 reach containers, and the answers their senders. */
class UdpRelayKernelIT {
    private static final PortOwner DNS = new PortOwner("a/eth0", "container dns");
    private static final int PORT = 18071;
    private static final int CLIENTS = 3;
    private static final int LONGEST = 65_507;

    private final PortReservations ports = PortReservations.holding(new PortTable());
    private final List<DatagramSocket> closing = new ArrayList<>();
    private final DatagramSocket server = socket(new InetSocketAddress("127.0.0.2", 0));

    @AfterEach
    void close() {
        closing.forEach(DatagramSocket::close);
        ports.close();
    }

    @Test
    void datagramsOfSeveralClientsGoThereAndBack() throws IOException {
        publish(PORT + ":", Duration.ofHours(1));
        DatagramSocket one = client();
        DatagramSocket two = client();
        for (int size : new int[] {1, LONGEST, 1}) {
            one.send(new DatagramPacket(new byte[size], size));
            DatagramPacket first = received(server);
            two.send(new DatagramPacket(new byte[] {2, 2}, 2));
            DatagramPacket second = received(server);
            assertThat(first.getLength()).isEqualTo(size);
            assertThat(first.getSocketAddress()).isNotEqualTo(second.getSocketAddress());
            answer(second, 3);
            answer(first, LONGEST);
            assertThat(received(one).getLength()).isEqualTo(LONGEST);
            DatagramPacket back = received(two);
            assertThat(back.getLength()).isEqualTo(3);
            assertThat(back.getSocketAddress()).isEqualTo(new InetSocketAddress("::1", PORT));
        }
    }

    @Test
    void whoHasBeenSilentLongestGivesWay() throws IOException {
        publish("[::1]:" + PORT + ":", Duration.ofHours(1));
        List<DatagramSocket> clients = new ArrayList<>();
        List<SocketAddress> ways = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(client());
            ways.add(way(clients.get(i)));
        }
        assertThat(way(clients.get(0))).isEqualTo(ways.get(0));
        way(client());
        assertThat(way(clients.get(0))).isEqualTo(ways.get(0));
        assertThat(way(clients.get(2))).isEqualTo(ways.get(2));
        assertThat(way(clients.get(1))).isNotEqualTo(ways.get(1));
    }

    @Test
    void whoHasBeenSilentTooLongIsForgotten() throws IOException {
        publish(PORT + ":", Duration.ofMillis(1));
        DatagramSocket client = client();
        Set<SocketAddress> ways = new HashSet<>();
        while (ways.size() < 3) {
            ways.add(way(client));
        }
    }

    @Test
    void aContainerThatListensAgainIsReachedAgain() throws IOException {
        publish(PORT + ":", Duration.ofHours(1));
        DatagramSocket client = client();
        way(client);
        SocketAddress address = server.getLocalSocketAddress();
        server.close();
        client.send(new DatagramPacket(new byte[1], 1));
        DatagramSocket again = socket(address);
        Thread sender = new Thread(() -> {
            while (!again.isClosed()) {
                send(client);
            }
        });
        sender.start();
        received(again);
        again.close();
    }

    @Test
    void withThePortItsClientsEnd() throws IOException {
        publish(PORT + ":", Duration.ofHours(1));
        DatagramSocket client = client();
        SocketAddress way = way(client);
        ports.release(DNS.key());
        socket(way).close();
        socket(new InetSocketAddress("::1", PORT)).close();
    }

    @Test
    void whereIpv4IsTakenBackClientsGoOn() throws IOException {
        ports.openRelay(new Limits(0, CLIENTS, Duration.ofHours(1)));
        List<IpAddress> both = List.of(IpAddress.any(IpFamily.IPV4), IpAddress.any(IpFamily.IPV6));
        String flag = PORT + ":" + server.getLocalPort() + "/udp";
        List<PortMapping> published =
                ports.reserve(DNS, List.of(PublishFlag.parse(flag).get(0).on(both)), Grip.HELD);
        ports.relay(DNS.key(), List.of(IpAddress.parse("127.0.0.2")));
        DatagramSocket client = client();
        client.send(new DatagramPacket(new byte[1], 1));
        DatagramPacket asked = received(server);

        ports.release(DNS, published.subList(0, 1));

        answer(asked, 2);
        DatagramPacket back = received(client);
        assertThat(back.getLength()).isEqualTo(2);
        assertThat(back.getSocketAddress()).isEqualTo(new InetSocketAddress("::1", PORT));
        assertThat(way(client)).isEqualTo(asked.getSocketAddress());
        socket(new InetSocketAddress("127.0.0.1", PORT)).close();
    }

    /** Where the server sees a client's datagram come from. */
    private SocketAddress way(DatagramSocket client) throws IOException {
        client.send(new DatagramPacket(new byte[1], 1));
        return received(server).getSocketAddress();
    }

    private static void send(DatagramSocket client) {
        try {
            client.send(new DatagramPacket(new byte[1], 1));
        } catch (IOException e) {
            assertThat(client.isClosed()).isTrue();
        }
    }

    private void answer(DatagramPacket asked, int size) throws IOException {
        server.send(new DatagramPacket(new byte[size], size, asked.getSocketAddress()));
    }

    private static DatagramPacket received(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
        socket.receive(packet);
        return packet;
    }

    private void publish(String flag, Duration silence) {
        ports.openRelay(new Limits(0, CLIENTS, silence));
        ports.reserve(DNS, PublishFlag.parse(flag + server.getLocalPort() + "/udp"), Grip.HELD);
        ports.relay(DNS.key(), List.of(IpAddress.parse("127.0.0.2")));
    }

    private DatagramSocket client() throws IOException {
        DatagramSocket client = socket(new InetSocketAddress("::1", 0));
        client.connect(InetAddress.getByName("::1"), PORT);
        return client;
    }

    private DatagramSocket socket(SocketAddress address) {
        try {
            DatagramSocket socket = new DatagramSocket(address);
            socket.setSoTimeout(20_000);
            closing.add(socket);
            return socket;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
