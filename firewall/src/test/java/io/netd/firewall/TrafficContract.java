package io.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.linux.testing.ThrowawayNamespace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Packets through the rules: a neighbour (10.9.0.2) on the host's wire (10.9.0.1), and a container (172.30.0.2) on its
 * bridge. Pings and answers of a UDP echo tell who reaches whom.
 */
public abstract class TrafficContract {
    private static final IpAddress CONTAINER = IpAddress.parse("172.30.0.2");
    private static final Owner NETWORK = new Owner("network/br9");
    protected static final Owner PORTS = new Owner("attachment/c1");

    protected final Eyes eyes;
    protected ThrowawayNamespace host;
    private ThrowawayNamespace container;
    protected ThrowawayNamespace neighbour;
    protected Ledger ledger;
    private final List<Process> servers = new ArrayList<>();

    protected TrafficContract(Eyes eyes) {
        this.eyes = eyes;
    }

    @BeforeEach
    void build() {
        host = ThrowawayNamespace.create();
        container = ThrowawayNamespace.create();
        neighbour = ThrowawayNamespace.create();
        host.sh("sysctl -qw net.ipv4.ip_forward=1; ip link add br9 type bridge; ip addr add 172.30.0.1/24 dev br9;"
                + " ip link set br9 up; sysctl -qw net.ipv4.conf.br9.route_localnet=1");
        wire(container, "hostc", "172.30.0.2/24", "172.30.0.1");
        wire(neighbour, "hostn", "10.9.0.2/24", "10.9.0.1");
        host.sh("ip link set hostc master br9; ip addr add 10.9.0.1/24 dev hostn");
        serve(container, 80);
        ledger = Ledger.of(eyes.open(host.namespace()));
        ledger.put(
                NETWORK,
                NetworkRules.protect(new BridgeNetwork("br9", List.of(IpPrefix.parse("172.30.0.0/24")), true)));
    }

    @AfterEach
    void tearDown() {
        servers.forEach(Process::destroyForcibly);
        ledger.close();
        host.close();
        container.close();
        neighbour.close();
    }

    @Test
    void aPublishedPortAnswersAndItsCountersMove() {
        assertThat(fetch(neighbour, "10.9.0.1", 8080)).isFalse();
        ledger.put(PORTS, published());
        assertThat(fetch(neighbour, "10.9.0.1", 8080)).isTrue();
        assertThat(fetch(host, "10.9.0.1", 8080)).isTrue();
        assertThat(fetch(host, "127.0.0.1", 8080)).isTrue();
        assertThat(eyes.counts(host, "8080", "172.30.0.2")).containsExactly(3L);
        ledger.remove(PORTS);
        assertThat(fetch(neighbour, "10.9.0.1", 8080)).isFalse();
    }

    @Test
    void containersReachOutUnderTheHostsAddress() {
        serve(neighbour, 80);
        assertThat(fetch(container, "10.9.0.2", 80)).isTrue();
        assertThat(eyes.counts(host, "172.30.0.0/24")).singleElement().satisfies(TrafficContract::isPositive);
    }

    @Test
    void unpublishedPortsAndDirectAccessAreDropped() {
        neighbour.sh("ip route add 172.30.0.0/24 via 10.9.0.1");
        assertThat(fetch(neighbour, "172.30.0.2", 80)).isFalse();
        assertThat(fetch(host, "172.30.0.2", 80)).isTrue();
        ledger.put(PORTS, published());
        assertThat(fetch(neighbour, "172.30.0.2", 80)).isFalse();
        assertThat(fetch(neighbour, "10.9.0.1", 8080)).isTrue();
    }

    @Test
    void theHostsLoopbackServicesAreOutOfTheContainersReach() {
        serve(host, 81);
        container.sh("ip link set lo down; sysctl -qw net.ipv4.conf.eth0.route_localnet=1;"
                + " ip route add 127.0.0.9 via 172.30.0.1 src 172.30.0.2");
        assertThat(fetch(container, "127.0.0.9", 81)).isFalse();
        assertThat(eyes.counts(host, "br9", "127.0.0.0/8")).singleElement().satisfies(TrafficContract::isPositive);
    }

    @Test
    void theUsersChainComesFirst() {
        ledger.put(PORTS, published());
        eyes.appendDrop(host, Chains.NETD_USER, "10.9.0.2");
        assertThat(fetch(neighbour, "10.9.0.1", 8080)).isFalse();
        eyes.flush(host, Chains.NETD_USER);
        assertThat(fetch(neighbour, "10.9.0.1", 8080)).isTrue();
    }

    private static void isPositive(long number) {
        assertThat(number).isPositive();
    }

    protected static List<Rule> published() {
        Match tcp = new Match.Proto(Protocol.TCP);
        Match toContainer = new Match.Destination(IpPrefix.host(CONTAINER));
        Match inside = new Match.DestinationPort(PortRange.of(80));
        Match local = new Match.DestinationType(AddressType.LOCAL);
        return List.of(
                nat(Chains.PREROUTING).when(local).then(new Target.Jump(Chains.NETD)),
                nat(Chains.OUTPUT).when(local).then(new Target.Jump(Chains.NETD)),
                Rule.in(IpFamily.IPV4, Table.NAT, Chains.NETD, Ranks.PUBLISHED)
                        .when(tcp, new Match.DestinationPort(PortRange.of(8080)))
                        .then(new Target.Dnat(CONTAINER, 80)),
                nat(Chains.POSTROUTING)
                        .when(new Match.OutInterface("br9"), new Match.SourceType(AddressType.LOCAL))
                        .then(new Target.Masquerade()),
                Rule.in(IpFamily.IPV4, Table.FILTER, Chains.NETD, Ranks.PUBLISHED)
                        .when(toContainer, tcp, inside, new Match.InInterface("br9", true))
                        .then(new Target.Accept()),
                NetworkRules.directAccessBlock(CONTAINER, "br9"));
    }

    private static Rule.Draft nat(String chain) {
        return Rule.in(IpFamily.IPV4, Table.NAT, chain, Ranks.ANY);
    }

    /** A veth from the host to another namespace, whose end is eth0. */
    private void wire(ThrowawayNamespace other, String name, String address, String gateway) {
        String path = "/proc/" + ProcessHandle.current().pid() + "/fd/"
                + other.namespace().fd().number();
        host.sh("ip link add " + name + " type veth peer name eth0 netns " + path + "; ip link set " + name + " up");
        other.sh("ip link set eth0 up; ip addr add " + address + " dev eth0; ip route add default via " + gateway);
    }

    private void serve(ThrowawayNamespace where, int port) {
        servers.add(where.call(() -> io.netd.linux.proc.Program.of(
                        "busybox", "nc", "-ll", "-p", Integer.toString(port), "-e", "echo", "hello")
                .start()));
        where.sh("for i in $(seq 100); do ss -Hltn sport = " + port
                + " | grep -q . && exit 0; sleep 0.02; done; exit 1");
    }

    protected static boolean fetch(ThrowawayNamespace from, String address, int port) {
        return from.attempt("sh", "-c", "busybox nc -w 1 " + address + " " + port + " </dev/null | grep -q hello")
                .succeeded();
    }
}
