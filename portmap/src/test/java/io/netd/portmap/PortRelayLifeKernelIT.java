package io.netd.portmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A relay lives as long as its port is published, family by family. */
class PortRelayLifeKernelIT extends PortRelayTestBase {
    @Test
    void nothingIsRelayedBeforeItIsSaidWhereTo() throws IOException {
        ServerSocket server = server("127.0.0.2");
        ports.restore(WEB, Mappings.of(PORT + ":" + server.getLocalPort()), Grip.HELD);
        relay("127.0.0.2");
        relay("127.0.0.2");
        try (Socket client = connect();
                Socket accepted = accept(server)) {
            assertCarried(client, accepted);
        }
    }

    @Test
    void withThePortItsConnectionsEnd() throws IOException {
        ServerSocket server = server("127.0.0.2");
        publish(PORT + ":", server, "127.0.0.2");
        try (Socket client = connect();
                Socket accepted = accept(server)) {
            ports.release(WEB, ports.of(WEB.key()));
            assertReset(client);
            assertReset(accepted);
        }
        new ServerSocket(PORT).close();
    }

    @Test
    void whereIpv6IsTakenBackWhoComesIsTurnedAway() throws IOException {
        ServerSocket server = server("127.0.0.2");
        List<PortMapping> published = publishBoth(server);
        try (Socket client = connect();
                Socket accepted = accept(server)) {
            ports.release(WEB, published.subList(1, 2));
            assertReset(client);
            assertReset(accepted);
        }
        assertRefused();
        assertThat(ports.heldSockets()).isEqualTo(1);
    }

    @Test
    void whereIpv4IsTakenBackConnectionsGoOn() throws IOException {
        ServerSocket server = server("127.0.0.2");
        List<PortMapping> published = publishBoth(server);
        try (Socket client = connect();
                Socket accepted = accept(server)) {
            ports.release(WEB, published.subList(0, 1));
            assertCarried(client, accepted);
            try (Socket late = connect();
                    Socket second = accept(server)) {
                assertCarried(late, second);
            }
            ports.release(WEB, published.subList(1, 2));
            assertReset(client);
            assertReset(accepted);
        }
    }

    private List<PortMapping> publishBoth(ServerSocket server) {
        List<IpAddress> both = List.of(IpAddress.any(IpFamily.IPV4), IpAddress.any(IpFamily.IPV6));
        PortRequest request =
                PublishFlag.parse(PORT + ":" + server.getLocalPort()).get(0).on(both);
        List<PortMapping> published = ports.reserve(WEB, List.of(request), Grip.HELD);
        relay("127.0.0.2");
        return published;
    }
}
