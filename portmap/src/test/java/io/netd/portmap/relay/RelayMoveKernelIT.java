package io.netd.portmap.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.linux.net.HeldSocket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits in the queues of a socket that gives way to another. The relay's lock holds its thread up. */
class RelayMoveKernelIT {
    private static final int PORT = 18072;
    private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.2", 0);
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("::1", PORT);

    /** In milliseconds: one who is lost fails the test and does not hold it up. */
    private static final int PATIENCE = 20_000;

    private static final int DATAGRAMS = 100;

    private final Relay relay = Relay.open(new Limits(1, 1, Duration.ofHours(1)));

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void aConnectionThatIsNotAcceptedYetIsServed() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, SERVER.getAddress());
                Socket client = new Socket()) {
            server.setSoTimeout(PATIENCE);
            HeldSocket both = served(Protocol.TCP, server.getLocalPort());
            HeldSocket narrow;
            synchronized (relay) {
                client.connect(LOOPBACK);
                narrow = moved(both);
            }
            try (Socket accepted = server.accept()) {
                client.getOutputStream().write(7);
                assertThat(accepted.getInputStream().read()).isEqualTo(7);
            }
            narrow.close();
        }
    }

    @Test
    void datagramsThatAreNotReceivedYetAreServed() throws IOException {
        try (DatagramSocket server = new DatagramSocket(SERVER);
                DatagramSocket client = new DatagramSocket(new InetSocketAddress("::1", 0))) {
            server.setSoTimeout(PATIENCE);
            HeldSocket both = served(Protocol.UDP, server.getLocalPort());
            HeldSocket narrow;
            synchronized (relay) {
                for (int i = 0; i < DATAGRAMS; i++) {
                    client.send(new DatagramPacket(new byte[] {(byte) i}, 1, LOOPBACK));
                }
                narrow = moved(both);
            }
            DatagramPacket received = new DatagramPacket(new byte[1], 1);
            for (int i = 0; i < DATAGRAMS; i++) {
                server.receive(received);
                assertThat(received.getData()[0]).isEqualTo((byte) i);
            }
            narrow.close();
        }
    }

    private HeldSocket served(Protocol protocol, int containerPort) {
        HeldSocket both = HeldSocket.dualStack(protocol, PORT);
        relay.serve(both, new Destination(IpAddress.parse("127.0.0.2"), containerPort));
        return both;
    }

    private HeldSocket moved(HeldSocket both) {
        HeldSocket narrow = both.narrowed(IpFamily.IPV6);
        relay.move(both, narrow);
        return narrow;
    }
}
