package io.netd.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracerKernelIT {
    private static final Origin WIRE = new Origin.Elsewhere(IpAddress.parse(TracedHost.NEIGHBOUR));
    private static final Origin WIRE6 = new Origin.Elsewhere(IpAddress.parse("2001:db8:1::7"));
    private static final Origin HERE = new Origin.ThisHost(Optional.empty());
    private static final String DNAT = "iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -p tcp --dport 8080"
            + " -j DNAT --to-destination 10.77.0.2:80";

    private final TracedHost traced = new TracedHost();
    private Process listener = null;
    private String before = "";

    @BeforeEach
    void begin() {
        listener = TracedHost.listen(traced.container(), Protocol.TCP, 80);
    }

    @AfterEach
    void end() {
        listener.destroyForcibly();
        traced.close();
    }

    @Test
    void aPacketFromAnotherHostIsFollowedToTheProcessThatListens() throws InterruptedException {
        traced.host().sh(DNAT);
        remember();

        PacketTrace trace = traced.trace(WIRE, TracedHost.HOST, 8080, Protocol.TCP);

        assertThat(trace.packet()).startsWith("198.51.100.7:").endsWith(" -> 198.51.100.1:8080/tcp");
        assertThat(TracedHost.lines(trace))
                .containsSubsequence(
                        "sent by another host, to up0",
                        "received by up0",
                        "rule nat PREROUTING: -p tcp -m addrtype --dst-type LOCAL -m tcp --dport 8080"
                                + " -j DNAT --to-destination 10.77.0.2:80",
                        "routed 10.77.0.2 is behind br0",
                        "container web by veth0")
                .anySatisfy(line -> assertThat(line).startsWith("translated to 10.77.0.2:80"))
                .anySatisfy(line -> assertThat(line).startsWith("listener busybox (pid " + listener.pid() + ")"));
        assertThat(TracedHost.lines(trace)).endsWith("answer the connection is accepted");
        assertThat(trace.arrived()).isTrue();
        nothingIsLeft();
        assertThat(traced.container().sh("ss -Htan state syn-recv")).isEmpty();
    }

    @Test
    void aRuleThatDropsIsNamed() throws InterruptedException {
        traced.host().sh(DNAT + " && iptables -A FORWARD -d 10.77.0.0/24 -m comment --comment mine -j DROP");

        PacketTrace trace = traced.trace(WIRE, TracedHost.HOST, 8080, Protocol.TCP);

        assertThat(trace.arrived()).isFalse();
        assertThat(TracedHost.lines(trace))
                .endsWith("stopped dropped by filter FORWARD: -d 10.77.0.0/24 -m comment --comment mine -j DROP");
    }

    @Test
    void aPolicyThatDropsIsNamed() throws InterruptedException {
        traced.host()
                .sh(DNAT + " && nft 'add table inet theirs; add chain inet theirs forward { type filter hook forward"
                        + " priority 0; policy drop; }'");

        assertThat(TracedHost.lines(traced.trace(WIRE, TracedHost.HOST, 8080, Protocol.TCP)))
                .endsWith("stopped dropped by the policy of chain forward of table theirs");
    }

    @Test
    void aRuleOfLegacyIptablesIsPlacedAtItsHook() throws InterruptedException {
        traced.host().sh(DNAT + " && iptables-legacy -A FORWARD -j DROP");

        assertThat(TracedHost.lines(traced.trace(WIRE, TracedHost.HOST, 8080, Protocol.TCP)))
                .endsWith("stopped lost in FORWARD, by no rule of nf_tables: look at the rules of iptables-legacy");
    }

    @Test
    void aDatagramToAPortThatNobodyHasIsLost() throws InterruptedException {
        assertThat(TracedHost.lines(traced.trace(WIRE, TracedHost.HOST, 8080, Protocol.UDP)))
                .endsWith("stopped no process listens on 198.51.100.1:8080/udp");
    }

    @Test
    void aPortThatNobodyHasIsRefusedByTheHost() throws InterruptedException {
        assertThat(TracedHost.lines(traced.trace(WIRE, TracedHost.HOST, 8080, Protocol.TCP)))
                .containsSubsequence("routed 198.51.100.1 is this host's own")
                .endsWith("stopped the connection is refused: no process listens on 198.51.100.1:8080/tcp");
    }

    @Test
    void aContainerWithoutListenerRefuses() throws InterruptedException {
        traced.host().sh(DNAT.replace("10.77.0.2:80", "10.77.0.2:81"));

        assertThat(TracedHost.lines(traced.trace(WIRE, TracedHost.HOST, 8080, Protocol.TCP)))
                .endsWith("stopped the connection is refused: no process listens on 10.77.0.2:81/tcp");
    }

    @Test
    void aContainerWhoseLinkIsDownIsNamed() throws InterruptedException {
        traced.host().sh(DNAT + " && ip link set veth0 down");

        assertThat(TracedHost.lines(traced.trace(WIRE, TracedHost.HOST, 8080, Protocol.TCP)))
                .endsWith("stopped veth0, the host's end of container web's link, is down");
    }

    @Test
    void aHostThatForwardsNothingSaysSo() throws InterruptedException {
        traced.host().sh("sysctl -qw net.ipv4.ip_forward=0");

        assertThat(TracedHost.lines(traced.trace(WIRE, TracedHost.CONTAINER, 80, Protocol.TCP)))
                .last()
                .asString()
                .startsWith("stopped ")
                .contains("ip_forward is 0");
    }

    @Test
    void theHostItselfAndAContainerSendToo() throws InterruptedException {
        remember();
        assertThat(TracedHost.lines(traced.trace(HERE, TracedHost.CONTAINER, 80, Protocol.TCP)))
                .startsWith("sent by this host")
                .endsWith("answer the connection is accepted");
        Process server = TracedHost.listen(traced.wire(), Protocol.TCP, 90);
        List<String> lines = TracedHost.lines(traced.trace(
                new Origin.FromGuest(traced.guest(), Optional.empty()), TracedHost.NEIGHBOUR, 90, Protocol.TCP));
        server.destroyForcibly();
        assertThat(lines)
                .startsWith("sent by container web", "received by br0")
                .contains("sent on by up0 to 198.51.100.7:90")
                .endsWith("answer the connection is accepted");
        nothingIsLeft();
    }

    /** The test is the process that listens, as netd is where its own door is. */
    @Test
    void netdsOwnDoorIsNoPublishedPort() throws Exception {
        try (ServerSocket door = traced.host().call(TracerKernelIT::door)) {
            assertThat(TracedHost.lines(traced.trace(HERE, TracedHost.HOST, door.getLocalPort(), Protocol.TCP)))
                    .anySatisfy(line -> assertThat(line).startsWith("listener "))
                    .endsWith("answer the connection is accepted");
        }
    }

    private static ServerSocket door() {
        try {
            return new ServerSocket(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRuleOfOutputThatDropsIsNamed() throws InterruptedException {
        traced.host().sh("iptables -A OUTPUT -p tcp --dport 80 -j DROP");

        assertThat(TracedHost.lines(traced.trace(HERE, TracedHost.CONTAINER, 80, Protocol.TCP)))
                .endsWith("stopped dropped by filter OUTPUT: -p tcp -m tcp --dport 80 -j DROP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP", "UDP"})
    void ipv6IsFollowedAsWell(Protocol protocol) throws InterruptedException {
        Process server = TracedHost.listen(traced.container(), protocol, 70);
        PacketTrace trace = traced.trace(WIRE6, "fd77::2", 70, protocol);
        server.destroyForcibly();

        assertThat(TracedHost.lines(trace)).contains("routed fd77::2 is behind br0", "container web by veth0");
        assertThat(trace.arrived()).as(trace.toString()).isTrue();
    }

    private void remember() {
        before = state();
    }

    private void nothingIsLeft() {
        assertThat(state()).isEqualTo(before);
        assertThat(traced.host().sh("conntrack -L 2>/dev/null | grep -E 'sport=6[1-5][0-9]{3}' || true"))
                .isEmpty();
    }

    private String state() {
        return traced.host().sh("ip -o link | sed 's/ state .*//'; nft list ruleset | grep -v counter; tc qdisc");
    }
}
