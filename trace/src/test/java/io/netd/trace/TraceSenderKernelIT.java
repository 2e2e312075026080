package io.netd.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpPrefix;
import io.netd.address.Protocol;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What keeps a container's packets from leaving it. */
class TraceSenderKernelIT {
    private final TracedHost traced = new TracedHost();
    private final Origin web = new Origin.FromGuest(traced.guest(), Optional.empty());
    private Process listener = null;

    @BeforeEach
    void begin() {
        listener = TracedHost.listen(traced.other(), Protocol.TCP, 80);
    }

    @AfterEach
    void end() {
        listener.destroyForcibly();
        traced.close();
    }

    @Test
    void theSendersOwnLinkIsNamed() throws InterruptedException {
        traced.host().sh("ip link set br0 down");

        assertThat(trace(web, TracedHost.NEIGHBOUR, 90).stop())
                .contains(new Stop(Cause.LINK_DOWN, "br0", "br0, the bridge of container web, is down"));
    }

    @Test
    void aContainerThatCannotSendIsNamed() throws InterruptedException {
        traced.container().sh("ip address del 10.77.0.2/24 dev eth0");
        PacketTrace trace = trace(web, TracedHost.NEIGHBOUR, 90);

        assertThat(trace.packet()).isEqualTo("container web -> 198.51.100.7:90/tcp");
        assertThat(TracedHost.lines(trace))
                .containsExactly("stopped container web has no route to 198.51.100.7: container web has lost its"
                        + " address 10.77.0.2");
    }

    @Test
    void aContainerWhoseOwnRulesKeepItInIsNamed() throws InterruptedException {
        traced.container().sh("iptables -A OUTPUT -p tcp --dport 90 -j DROP");

        assertThat(trace(web, TracedHost.NEIGHBOUR, 90).stop())
                .contains(new Stop(Cause.NOT_SENT, "web", "not sent: operation not permitted"));
    }

    @Test
    void aContainerThatIsGoneCannotSend() throws InterruptedException {
        Guest old = new Guest("old", Path.of("/none"), Optional.empty(), Optional.empty(), List.of());
        Stop stop = trace(new Origin.FromGuest(old, Optional.empty()), TracedHost.NEIGHBOUR, 90)
                .stop()
                .orElseThrow();

        assertThat(stop.cause()).isEqualTo(Cause.CONTAINER_GONE);
        assertThat(stop.thing()).isEqualTo("old");
        assertThat(stop.text()).startsWith("container old is gone: ");
    }

    /** Another address than the one that is gone is what the answer comes to. */
    @Test
    void anAddressThatTheSenderDoesNotUseDoesNotMatter() throws InterruptedException {
        Guest given = traced.guest();
        Guest more = new Guest(
                given.name(),
                given.netns(),
                given.hostInterface(),
                given.bridge(),
                List.of(given.addresses().get(0), IpPrefix.parse("10.77.0.4/24")));
        PacketTrace trace = trace(new Origin.FromGuest(more, Optional.empty()), TracedHost.OTHER, 80);

        assertThat(trace.arrived()).as(trace.toString()).isTrue();
    }

    private PacketTrace trace(Origin origin, String destination, int port) throws InterruptedException {
        return traced.trace(origin, destination, port, Protocol.TCP);
    }
}
