package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A flow of UDP that the kernel tracks follows the published port as it is now, not as it was when the flow began. */
class ConntrackIT extends NetdTestBase {
    private static final String NOBODY = "nobody";
    private static final String WIRE6 = "fd00:9::1";
    private static final String HOST6 = "fd00:9::2";
    private static final String ROUTED = "com.docker.network.bridge.gateway_mode_ipv4=routed";
    private static final String SERVER = """
            import socket, sys
            server = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
            server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            server.bind(("::", 53))
            while True:
                data, client = server.recvfrom(100)
                if data.startswith(b"ask"):
                    print(data.decode(), file=open("/run/heard-" + sys.argv[1], "a"), flush=True)
                    server.sendto(sys.argv[1].encode() + b" " + data, client)
            """;
    private static final String BRIDGE = "{\"cniVersion\":\"1.0.0\",\"name\":\"six\",\"type\":\"bridge\","
            + "\"bridge\":\"cni-ct0\",\"isDefaultGateway\":true,\"ipam\":{\"type\":\"host-local\","
            + "\"dataDir\":\"/run/ct-leases\",\"ranges\":[[{\"subnet\":\"10.39.0.0/24\"}],[{\"subnet\":\"fd00:39::/64\"}]]}}";

    private final List<Process> servers = new ArrayList<>();

    /** The bridge's first IPv6 gateway turns forwarding on. */
    @Override
    void furnish() {
        host.sh("sysctl -qw net.ipv6.conf.all.forwarding=1; ip address add " + HOST6 + "/64 dev uplink nodad;"
                        + " ip -n wire address add " + WIRE6 + "/64 dev eth0 nodad")
                .ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        servers.forEach(Process::destroy);
        servers.clear();
        host.sh("rm -f /run/heard-*").ok();
        super.hostIsAsBefore();
    }

    @Test
    void aFlowToNowhereGetsToTheContainerThatComes() {
        try (UdpClient client = UdpClient.of(host, Host.ADDRESS, 5353)) {
            assertThat(client.ask()).isEqualTo(NOBODY);

            begin("first", "-p", "5353:53/udp");

            assertThat(client.ask()).isEqualTo("first");
        }
    }

    @Test
    void aFlowToAContainerThatIsGoneGetsToTheNextOne() {
        begin("first", "-p", "5353:53/udp");
        try (UdpClient client = UdpClient.of(host, Host.ADDRESS, 5353)) {
            assertThat(client.ask()).isEqualTo("first");
            host.netctl("rm", "-f", "first").ok();
            assertThat(client.ask()).isEqualTo(NOBODY);

            // Another address, so that nothing but the new rules leads there.
            runDetached("--name", "between", IMAGE, "sleep", "1000");
            begin("second", "-p", "5353:53/udp");

            assertThat(client.ask()).isEqualTo("second");
        }
    }

    @Test
    void aFlowFollowsPortsThatComeAndGo() {
        begin("first");
        begin("second");
        try (UdpClient client = UdpClient.of(host, Host.ADDRESS, 5354)) {
            assertThat(client.ask()).isEqualTo(NOBODY);
            host.netctl("port", "add", "first", "-p", "5354:53/udp").ok();
            assertThat(client.ask()).isEqualTo("first");

            host.netctl("port", "rm", "first", "-p", "5354:53/udp").ok();
            assertThat(client.ask()).isEqualTo(NOBODY);
            assertThat(heard("first")).hasSize(1);

            host.netctl("port", "add", "second", "-p", "5354:53/udp").ok();
            assertThat(client.ask()).isEqualTo("second");
            assertThat(heard("first")).hasSize(1);
        }
    }

    /** Whoever publishes port 53 must not disturb those who ask name servers elsewhere. */
    @Test
    void flowsToThatPortOfOthersGoOn() {
        runDetached("--name", "asking", IMAGE, "sleep", "1000");
        String ask = "echo who | nc -u -w 1 " + Host.NEIGHBOUR + " 53";
        host.sh("nsenter --net=/proc/" + pid("asking") + "/ns/net sh -c '" + ask + "'; " + ask);
        String flows = flowsTo(Host.NEIGHBOUR);
        assertThat(flows.lines()).hasSize(2);

        begin("first", "-p", "53:53/udp");
        try (UdpClient client = UdpClient.of(host, Host.ADDRESS, 53)) {
            assertThat(client.ask()).isEqualTo("first");
            host.netctl("port", "rm", "first", "-p", "53:53/udp").ok();
            assertThat(client.ask()).isEqualTo(NOBODY);
        }

        assertThat(flowsTo(Host.NEIGHBOUR)).isEqualTo(flows);
    }

    /** Who they are, by the kernel's numbers. */
    private String flowsTo(String address) {
        return host.sh("conntrack -L -p udp --orig-dst " + address + " --orig-port-dst 53 -o id 2>/dev/null"
                        + " | sed 's/.* src=/src=/; s/.* id=/id=/' | sort")
                .ok();
    }

    @Test
    void anotherPortOfTheContainerKeepsItsFlow() {
        begin("first", "-p", "5355:53/udp", "-p", "5356:53/udp");
        try (UdpClient client = UdpClient.of(host, Host.ADDRESS, 5355)) {
            assertThat(client.ask()).isEqualTo("first");
            host.netctl("port", "rm", "first", "-p", "5356:53/udp").ok();
            assertThat(client.ask()).isEqualTo("first");
        }
    }

    @Test
    void flowsToAContainerThatIsRoutedEndWithThePort() {
        host.netctl("network", "create", "--subnet", "10.40.0.0/24", "-o", ROUTED, "red")
                .ok();
        host.sh("ip -n wire route add 10.40.0.0/24 via " + Host.ADDRESS).ok();
        begin("first", "--net", "red", "-p", "5358:53/udp");
        try (UdpClient client = UdpClient.of(host, "10.40.0.2", 53)) {
            assertThat(client.ask()).isEqualTo("first");
            host.netctl("port", "rm", "first", "-p", "53:53/udp").ok();
            assertThat(client.ask()).isEqualTo(NOBODY);
        }
        host.netctl("rm", "-f", "first").ok();
        host.netctl("network", "rm", "red").ok();
        host.sh("ip -n wire route del 10.40.0.0/24").ok();
    }

    @Test
    void flowsOfIpv6FollowToo() {
        host.sh("ip netns add pod && ip -n pod link set lo up").ok();
        host.plugin(Host.ours("bridge"), BRIDGE, Map.of("CNI_COMMAND", "ADD")).ok();
        serve("pod", "--net=/run/netns/pod");
        try (UdpClient client = UdpClient.of(host, HOST6, 5357)) {
            assertThat(client.ask()).isEqualTo(NOBODY);
            assertThat(host.netctl("port", "add", "pod", "-p", "5357:53/udp").ok())
                    .contains("[::]:5357");
            assertThat(client.ask()).isEqualTo("pod");

            host.netctl("port", "rm", "pod", "-p", "5357:53/udp").ok();
            assertThat(client.ask()).isEqualTo(NOBODY);
            assertThat(heard("pod")).hasSize(1);

            host.netctl("port", "add", "pod", "-p", "[::]:5357:53/udp").ok();
            assertThat(client.ask()).isEqualTo("pod");
            host.plugin(Host.ours("bridge"), BRIDGE, Map.of("CNI_COMMAND", "DEL"))
                    .ok();
            assertThat(client.ask()).isEqualTo(NOBODY);
        }
        host.sh("ip netns del pod; ip link del cni-ct0; rm -r /run/ct-leases").ok();
    }

    private void begin(String name, String... flags) {
        List<String> words = new ArrayList<>(List.of("--name", name));
        words.addAll(List.of(flags));
        words.addAll(List.of(IMAGE, "sleep", "1000"));
        runDetached(words.toArray(String[]::new));
        serve(name, "--net=/proc/" + pid(name) + "/ns/net");
    }

    private void serve(String name, String namespace) {
        servers.add(host.start("nsenter", namespace, "python3", "-c", SERVER, name));
        host.sh("until nsenter " + namespace + " ss -Hlun | grep -q :53; do :; done")
                .ok();
    }

    /** What a server was asked. */
    private List<String> heard(String name) {
        return host.sh("cat /run/heard-" + name).ok().lines().toList();
    }
}
