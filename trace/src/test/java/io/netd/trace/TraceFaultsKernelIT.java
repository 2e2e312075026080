package io.netd.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links, addresses and settings that somebody has changed beneath a published port: what he did is named. */
class TraceFaultsKernelIT {
    private static final Origin WIRE = new Origin.Elsewhere(IpAddress.parse(TracedHost.NEIGHBOUR));
    private static final Origin HERE = new Origin.ThisHost(Optional.empty());
    private static final String LOCALHOST = "127.0.0.1";

    private final TracedHost traced = new TracedHost();
    private final Origin web = new Origin.FromGuest(traced.guest(), Optional.empty());
    private final Origin other = new Origin.FromGuest(traced.otherGuest(), Optional.empty());
    private Process listener = null;

    @BeforeEach
    void begin() {
        listener = TracedHost.listen(traced.container(), Protocol.TCP, 80);
        traced.publish();
        assertThat(connects(WIRE, TracedHost.HOST)).isTrue();
        assertThat(connects(HERE, LOCALHOST)).isTrue();
    }

    @AfterEach
    void end() {
        listener.destroyForcibly();
        traced.close();
    }

    /** What somebody does to a link of the host, and what is said of it from each place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip link set br0 down | link-down | br0 | br0, the bridge of container web, is down",
                "ip link del br0 | link-gone | br0 | br0, the bridge of container web, is gone",
                "ip link set veth0 down | link-down | veth0 | veth0, the host's end of container web's link, is down",
                "ip link del veth0 | link-gone | veth0 | veth0, the host's end of container web's link, is gone",
                "ip link set veth0 nomaster | unplugged | veth0"
                        + " | veth0, the host's end of container web's link, is not plugged into br0",
            })
    void aLinkToTheContainerIsNamed(String deed, String cause, String thing, String words) {
        traced.host().sh(deed);

        stops(WIRE, TracedHost.HOST, cause, thing, words);
        stops(HERE, LOCALHOST, cause, thing, words);
    }

    @Test
    void aNeighbourOfAContainerThatIsCutOffHearsTheSame() {
        traced.host().sh("ip link set veth0 nomaster");
        String words = "veth0, the host's end of container web's link, is not plugged into br0";

        assertThat(trace(other, TracedHost.CONTAINER, 80).stop()).contains(new Stop(Cause.UNPLUGGED, "veth0", words));
        stops(other, TracedHost.HOST, "unplugged", "veth0", words);
    }

    /** Without that address on the bridge there is no route to the container, and none out of it. */
    @Test
    void theBridgesAddressThatIsGoneIsNamed() {
        traced.host().sh("ip address del 10.77.0.1/24 dev br0");

        stops(
                WIRE,
                TracedHost.HOST,
                "address-gone",
                "br0",
                "no way to 10.77.0.2: br0, the bridge of container web, has no address in 10.77.0.0/24");
        traced.container().sh("ip neigh flush all");
        assertThat(trace(web, TracedHost.NEIGHBOUR, 90).stop())
                .contains(new Stop(
                        Cause.ADDRESS_GONE,
                        "10.77.0.1",
                        "10.77.0.1, the gateway of container web, is no address of this host"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip address del 10.77.0.2/24 dev eth0 | address-gone | 10.77.0.2"
                        + " | container web has lost its address 10.77.0.2",
                "ip link set eth0 down | link-down | eth0 | eth0, the link of container web, is down",
                "iptables -A INPUT -p tcp --dport 80 -j DROP | no-answer | web"
                        + " | no answer: something in container web drops the packet",
                "iptables -A INPUT -p tcp --dport 80 -j REJECT --reject-with tcp-reset | refused | 10.77.0.2:80/tcp"
                        + " | the connection is refused although",
            })
    void whatIsAmissInTheContainerIsNamed(String deed, String cause, String thing, String words) {
        traced.container().sh(deed);

        stops(WIRE, TracedHost.HOST, cause, thing, words);
        stops(HERE, LOCALHOST, cause, thing, words);
        stops(other, TracedHost.HOST, cause, thing, words);
    }

    @Test
    void aContainerThatKnowsNoWayBackIsNamed() {
        traced.container().sh("ip route del default");

        stops(
                WIRE,
                TracedHost.HOST,
                "no-route",
                TracedHost.NEIGHBOUR,
                "no answer: container web has no route to 198.51.100.7: network is unreachable");
    }

    @Test
    void theUplinkThatIsDownIsNamed() {
        traced.host().sh("ip link set up0 down");
        String words = "up0, which leads to 198.51.100.7, is down";

        stops(WIRE, TracedHost.HOST, "link-down", "up0", "this host has no route to 198.51.100.7: " + words);
        assertThat(trace(web, TracedHost.NEIGHBOUR, 90).stop())
                .contains(new Stop(Cause.LINK_DOWN, "up0", "no way to 198.51.100.7: " + words));
    }

    @Test
    void theUplinkWithoutACarrierIsNamed() {
        traced.wire().sh("ip link set eth0 down");
        String words = "up0, which leads to 198.51.100.7, has no carrier";

        stops(WIRE, TracedHost.HOST, "no-carrier", "up0", words);
        assertThat(trace(web, TracedHost.NEIGHBOUR, 90).stop()).contains(new Stop(Cause.NO_CARRIER, "up0", words));
    }

    @Test
    void whomNobodyKnowsOnTheUplinkIsNamed() {
        assertThat(trace(web, "198.51.100.99", 90).stop())
                .contains(
                        new Stop(Cause.NO_NEIGHBOUR, "198.51.100.99", "nobody on up0 says that 198.51.100.99 is his"));
    }

    @Test
    void routeLocalnetThatIsOffIsNamed() {
        traced.host().sh("sysctl -qw net.ipv4.conf.br0.route_localnet=0");

        stops(
                HERE,
                LOCALHOST,
                "route-localnet",
                "net.ipv4.conf.br0.route_localnet",
                "no packet from 127.0.0.1 to 10.77.0.2 may go by br0: net.ipv4.conf.br0.route_localnet is 0");
        assertThat(connects(WIRE, TracedHost.HOST)).isTrue();
        assertThat(trace(WIRE, TracedHost.HOST, TracedHost.PUBLISHED).arrived()).isTrue();
    }

    /** Of the two settings the greater one counts; the host that expects nobody there answers no ARP either. */
    @ParameterizedTest
    @CsvSource({"br0", "all"})
    void theFilterOfReversePathsIsNamed(String where) {
        String key = "net.ipv4.conf." + where + ".rp_filter";
        traced.host()
                .sh("sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.br0.rp_filter=0 " + key
                        + "=1 && ip route add 10.77.0.3/32 dev up0");

        stops(
                other,
                TracedHost.HOST,
                "rp-filter",
                key,
                "no packet from 10.77.0.3 is expected on br0, the way there is by up0: " + key + " is 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "net.ipv4.ip_forward | this host forwards nothing",
                "net.ipv4.conf.up0.forwarding | this host forwards nothing that comes by up0"
            })
    void forwardingThatIsOffIsNamed(String key, String words) {
        traced.host().sh("sysctl -qw " + key + "=0");

        stops(WIRE, TracedHost.HOST, "forwarding-off", key, words + ": " + key + " is 0");
    }

    @Test
    void aRouteThatSwallowsIsNamed() {
        traced.host().sh("ip route add blackhole 10.77.0.2");

        stops(
                WIRE,
                TracedHost.HOST,
                "no-route",
                TracedHost.CONTAINER,
                "no way to 10.77.0.2: a route of type blackhole");
    }

    /** The probe gets there, but what comes back does not. */
    @Test
    void aRuleThatDropsTheAnswerIsNamed() {
        traced.host().sh("iptables -A FORWARD -s 10.77.0.2 -j DROP");

        stops(
                WIRE,
                TracedHost.HOST,
                "rule",
                "filter FORWARD: -s 10.77.0.2/32 -j DROP",
                "the answer: dropped by filter FORWARD: -s 10.77.0.2/32 -j DROP");
    }

    /** Whatever rules of nf_tables it has met there before. */
    @Test
    void anAnswerThatIsLostIsPlacedAtItsHook() {
        traced.host()
                .sh("nft 'add table inet theirs; add chain inet theirs mine { type filter hook forward priority -5; }'"
                        + " && iptables-legacy -A FORWARD -s 10.77.0.2 -j DROP");

        stops(WIRE, TracedHost.HOST, "hidden-rule", "FORWARD", "the answer: lost in FORWARD, by no rule of nf_tables");
    }

    private void stops(Origin origin, String destination, String cause, String thing, String words) {
        assertThat(connects(origin, destination)).as(words).isFalse();
        PacketTrace trace = trace(origin, destination, TracedHost.PUBLISHED);
        assertThat(trace.arrived()).as(trace.toString()).isFalse();
        assertThat(TracedHost.lines(trace))
                .last()
                .asString()
                .startsWith("stopped ")
                .contains(words);
        assertThat(trace.stop().orElseThrow().cause().word()).isEqualTo(cause);
        assertThat(trace.stop().orElseThrow().thing()).isEqualTo(thing);
    }

    private PacketTrace trace(Origin origin, String destination, int port) {
        try {
            return traced.trace(origin, destination, port, Protocol.TCP);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether the published port answers there. */
    private boolean connects(Origin origin, String destination) {
        return traced.connects(origin, destination, TracedHost.PUBLISHED);
    }
}
