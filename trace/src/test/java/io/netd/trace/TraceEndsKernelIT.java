package io.netd.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.linux.proc.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that no rule of IP decides on, and whose end is told nevertheless. */
class TraceEndsKernelIT {
    private static final Origin WIRE = new Origin.Elsewhere(IpAddress.parse(TracedHost.NEIGHBOUR));
    private static final Origin WIRE6 = new Origin.Elsewhere(IpAddress.parse("2001:db8:1::7"));
    private static final Origin HERE = new Origin.ThisHost(Optional.empty());

    private static final String ECHO = """
            import socket
            server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            server.bind(("0.0.0.0", 70))
            while True:
                datagram, client = server.recvfrom(100)
                server.sendto(datagram, client)
            """;

    private final TracedHost traced = new TracedHost();
    private final Origin web = new Origin.FromGuest(traced.guest(), Optional.empty());
    private final Origin other = new Origin.FromGuest(traced.otherGuest(), Optional.empty());
    private Process listener = null;

    @BeforeEach
    void begin() {
        listener = TracedHost.listen(traced.container(), Protocol.TCP, 80);
    }

    @AfterEach
    void end() {
        listener.destroyForcibly();
        traced.close();
    }

    /** Without br_netfilter no rule of IP sees what a bridge brings from port to port. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aNeighbourOnTheBridgeIsReached(int asksRulesOfIp) throws InterruptedException {
        traced.host().sh("sysctl -qw net.bridge.bridge-nf-call-iptables=" + asksRulesOfIp + " || true");

        assertThat(trace(other, TracedHost.CONTAINER, 80))
                .startsWith("sent by container other")
                .containsSubsequence("bridged from veth1 to veth0", "container web by veth0")
                .endsWith("answer the connection is accepted");
        assertThat(trace(other, TracedHost.CONTAINER, 81))
                .endsWith("stopped the connection is refused: no process listens on 10.77.0.2:81/tcp");
        assertThat(traced.host().sh("nft list tables bridge")).isEmpty();
    }

    @Test
    void aRuleForFramesThatDropsIsNamed() throws InterruptedException {
        traced.host()
                .sh(
                        "nft 'add table bridge filter; add chain bridge filter mine { type filter hook forward priority 0; };"
                                + " add rule bridge filter mine tcp dport 80 drop'");

        assertThat(trace(other, TracedHost.CONTAINER, 80))
                .endsWith("stopped dropped by bridge filter mine: tcp dport 80 drop");
    }

    @Test
    void portsThatAreKeptApartAreNamed() throws InterruptedException {
        traced.host().sh("bridge link set dev veth0 isolated on && bridge link set dev veth1 isolated on");

        assertThat(trace(other, TracedHost.CONTAINER, 80))
                .endsWith("stopped br0 hands nothing on between veth1 and veth0: both are isolated ports of it");
    }

    /** Where br_netfilter shows frames to the rules of IP, what is translated to a neighbour never leaves the bridge. */
    @Test
    void aPublishedPortBehindAPortThatIsKeptApartIsNamed() throws InterruptedException {
        traced.host()
                .sh(
                        "sysctl -qw net.bridge.bridge-nf-call-iptables=1 && iptables -t nat -A PREROUTING -p tcp --dport 8080"
                                + " -j DNAT --to-destination 10.77.0.2:80"
                                + " && bridge link set dev veth0 isolated on && bridge link set dev veth1 isolated on");

        assertThat(trace(other, TracedHost.HOST, 8080))
                .endsWith("stopped br0 hands nothing on between veth1 and veth0: both are isolated ports of it");
        assertThat(trace(web, TracedHost.HOST, 8080))
                .endsWith("stopped br0 hands nothing back by veth0: it is an isolated port of it");
        traced.host().sh("sysctl -qw net.ipv4.ip_forward=0 net.bridge.bridge-nf-call-iptables=0");
        assertThat(trace(other, TracedHost.HOST, 8080))
                .endsWith("stopped this host forwards nothing: net.ipv4.ip_forward is 0");
    }

    @Test
    void anAddressThatNobodyHasIsNamed() throws InterruptedException {
        assertThat(trace(other, "10.77.0.9", 80)).endsWith("stopped nobody on eth0 says that 10.77.0.9 is his");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", TracedHost.CONTAINER})
    void whatAContainerSendsToItselfStaysThere(String own) throws InterruptedException {
        traced.container().sh("ip link set lo up");

        assertThat(trace(web, own, 80))
                .contains("routed " + own + " is the sender's own")
                .last()
                .asString()
                .startsWith("listener busybox (pid " + listener.pid() + ")");
        assertThat(trace(web, own, 81)).endsWith("stopped no process listens on " + own + ":81/tcp");
    }

    @Test
    void anAnswerToADatagramIsNoConnection() throws InterruptedException {
        Process echo =
                traced.container().call(() -> Program.of("python3", "-c", ECHO).start());
        traced.container().sh("until ss -Huln | grep -q ':70 '; do :; done");

        PacketTrace trace = traced.trace(other, TracedHost.CONTAINER, 70, Protocol.UDP);
        echo.destroyForcibly();

        assertThat(TracedHost.lines(trace)).endsWith("answer a datagram comes back");
    }

    @Test
    void aRuleThatRejectsIsNamedThoughItAnswers() throws InterruptedException {
        traced.host()
                .sh("nft 'add table inet theirs; add chain inet theirs in { type filter hook input priority 0; };"
                        + " add rule inet theirs in tcp dport 8080 reject with tcp reset'");

        assertThat(trace(WIRE, TracedHost.HOST, 8080))
                .endsWith("stopped dropped by inet theirs in: tcp dport 8080 reject with tcp reset");
    }

    @Test
    void whatIsDroppedBeforeAllRulesIsPlacedThere() throws InterruptedException {
        traced.host()
                .sh("nft 'add table netdev theirs; add chain netdev theirs in { type filter hook ingress device up0"
                        + " priority 0; }; add rule netdev theirs in tcp dport 8080 drop'");

        assertThat(trace(WIRE, TracedHost.HOST, 8080))
                .last()
                .asString()
                .startsWith("stopped no rule saw it: look at what stands before them at up0");
    }

    @Test
    void theAddressThatWasNamedIsTheSource() throws InterruptedException {
        Origin named = new Origin.ThisHost(Optional.of(IpAddress.parse(TracedHost.HOST)));
        traced.host().sh("iptables -A OUTPUT -s 198.51.100.1 -p tcp --dport 80 -j DROP");

        assertThat(trace(HERE, TracedHost.CONTAINER, 80)).endsWith("answer the connection is accepted");
        assertThat(trace(named, TracedHost.CONTAINER, 80))
                .endsWith("stopped dropped by filter OUTPUT: -s 198.51.100.1/32 -p tcp -m tcp --dport 80 -j DROP");
    }

    @Test
    void aRouteThatLeadsPastTheContainerIsNoticed() throws InterruptedException {
        traced.host().sh("ip route add 10.77.0.2/32 via 198.51.100.7");

        assertThat(trace(HERE, TracedHost.CONTAINER, 80))
                .endsWith(
                        "sent on by up0 to 10.77.0.2:80",
                        "stopped 10.77.0.2 is container web's, but the route leads elsewhere");
    }

    @Test
    void whoHasNoRouteIsNamed() throws InterruptedException {
        traced.other().sh("ip route del default");

        assertThat(trace(other, "192.0.2.1", 80))
                .containsExactly("stopped container other has no route to 192.0.2.1: network is unreachable");
        assertThat(trace(HERE, "192.0.2.1", 80))
                .containsExactly("stopped this host has no route to 192.0.2.1: network is unreachable");
    }

    @Test
    void whoListensOnAnotherAddressOrProtocolIsNamed() throws InterruptedException {
        traced.container().sh("ip link set lo up");
        Process local = traced.container()
                .call(() -> Program.of("nc", "-l", "-k", "127.0.0.1", "81").start());
        traced.container().sh("until ss -Hltn | grep -q ':81 '; do :; done");
        List<String> address = trace(HERE, TracedHost.CONTAINER, 81);
        boolean isReached = traced.connects(HERE, TracedHost.CONTAINER, 81);
        local.destroyForcibly();

        assertThat(isReached).isFalse();
        assertThat(address)
                .endsWith("stopped the connection is refused: no process listens on 10.77.0.2:81/tcp: nc (pid "
                        + local.pid() + ") on 127.0.0.1:81/tcp only");
        assertThat(TracedHost.lines(traced.trace(HERE, TracedHost.CONTAINER, 80, Protocol.UDP)))
                .endsWith("stopped no process listens on 10.77.0.2:80/udp: busybox (pid " + listener.pid()
                        + ") on [::]:80/tcp only");
    }

    /** Whoever publishes the port is named where nobody translates what is sent to it. */
    @Test
    void thePublishedPortThatWasMeantIsNamed() throws InterruptedException {
        Guest noIpv6 = new Guest("old", Path.of("/none"), Optional.empty(), Optional.empty(), List.of());
        traced.published(new PublishedPort(
                traced.guest(), Optional.of(IpAddress.parse("127.0.0.1")), Protocol.TCP, 80, "127.0.0.1:8080->80/tcp"));
        traced.published(new PublishedPort(
                noIpv6,
                Optional.of(IpAddress.parse("2001:db8:1::1")),
                Protocol.TCP,
                80,
                "[2001:db8:1::1]:8080->80/tcp"));

        assertThat(traced.connects(WIRE6, "2001:db8:1::1", 8080)).isFalse();
        assertThat(trace(WIRE6, "2001:db8:1::1", 8080))
                .endsWith("stopped the connection is refused: container old, which publishes the port, has no IPv6"
                        + " address");
        assertThat(trace(WIRE, TracedHost.HOST, 8080))
                .endsWith("stopped the connection is refused: no process listens on 198.51.100.1:8080/tcp: container"
                        + " web publishes 127.0.0.1:8080->80/tcp, container old publishes"
                        + " [2001:db8:1::1]:8080->80/tcp");
    }

    private List<String> trace(Origin origin, String destination, int port) throws InterruptedException {
        return TracedHost.lines(traced.trace(origin, destination, port, Protocol.TCP));
    }
}
