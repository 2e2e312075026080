package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ptp} with a daemon and without, beside Debian's reference plugin. */
class PtpIT extends NetdTestBase {
    private static final String REFERENCE = "/usr/lib/cni/ptp";
    private static final String OURS = Host.ours("ptp");
    private static final String NETWORK = """
            {"cniVersion":"1.0.0","name":"pairs","type":"ptp","ipMasq":true,"mtu":1400,"dns":{"nameservers":["192.0.2.9"]},
             "ipam":{"type":"host-local","dataDir":"/run/leases","ranges":[[{"subnet":"10.38.0.0/24"}],[{"subnet":"fd00:38::/64"}]],
              "routes":[{"dst":"0.0.0.0/0"},{"dst":"::/0"},{"dst":"10.99.0.0/16","gw":"10.38.0.1"}]}%s}
            """;
    private static final String BARE = "{\"cniVersion\":\"1.0.0\",\"name\":\"pairs\",\"type\":\"ptp\"}";
    private static final Map<String, String> OTHER = Map.of("CNI_CONTAINERID", "pod2", "CNI_NETNS", "/run/netns/pod2");

    private String before = "";

    @Override
    void furnish() {
        // Otherwise the first ADD turns it on, and only the end of netd off again.
        host.sh("sysctl -qw net.ipv6.conf.all.forwarding=1; ip address add fd00:9::2/64 dev uplink nodad;"
                        + " ip -n wire address add fd00:9::1/64 dev eth0 nodad")
                .ok();
    }

    @BeforeEach
    void makeContainers() {
        host.sh("ip netns add pod; ip netns add pod2; ip -n pod link set lo up").ok();
        before = onHost();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        call(OURS, "DEL", BARE).ok();
        call(OURS, "DEL", BARE, OTHER).ok();
        host.sh("ip netns del pod; ip netns del pod2; rm -rf /run/leases");
        super.hostIsAsBefore();
    }

    @Test
    void itDoesWhatTheReferenceDoes() {
        compareWithTheReference();
    }

    @Test
    void withoutADaemonToo() {
        daemon.terminate();
        try {
            compareWithTheReference();
        } finally {
            daemon = Daemon.start(host, options());
        }
    }

    private void compareWithTheReference() {
        Map<String, String> path = Map.of("CNI_PATH", "/usr/lib/cni");
        JsonNode reference =
                result(call(REFERENCE, "ADD", NETWORK.formatted(""), path).ok());
        String effect = onHost() + inside();
        call(REFERENCE, "DEL", NETWORK.formatted(""), path).ok();
        // The reference leaves its leases' folder, and what ip6tables made for it.
        host.sh("rm -r /run/leases; nft delete table ip6 nat").ok();

        String answer = call(OURS, "ADD", NETWORK.formatted("")).ok();

        assertThat(result(answer)).isEqualTo(reference);
        assertThat(onHost() + inside())
                .isEqualTo(effect)
                .contains("10.38.0.2 dev VETH scope host", "10.38.0.0/24 via 10.38.0.1 dev eth0 src 10.38.0.2");
        String chained = NETWORK.formatted(",\"prevResult\":" + answer);
        call(OURS, "CHECK", chained).ok();
        call(REFERENCE, "CHECK", chained, path).ok();
        host.sh("ip route del 10.38.0.2").ok();
        assertThat(json(call(OURS, "CHECK", chained).out()).at("/msg").asText())
                .contains("the host has no route to 10.38.0.2/32");
        call(OURS, "DEL", chained).ok();
        assertThat(onHost()).isEqualTo(before);
        call(OURS, "DEL", chained).ok();
    }

    @Test
    void trafficGoesOutInAndBetweenContainers() {
        call(OURS, "ADD", NETWORK.formatted("")).ok();
        call(OURS, "ADD", NETWORK.formatted(""), OTHER).ok();

        // The neighbour knows no way back: it answers the host.
        ping("pod", Host.NEIGHBOUR);
        ping("pod", "fd00:9::1");
        ping("pod", "10.38.0.3");
        ping("pod2", "fd00:38::2");
        assertThat(host.sh("ip netns exec wire busybox ping -c 1 -W 1 10.38.0.2")
                        .exitCode())
                .isNotZero();
        host.sh("ip -n wire route add 10.38.0.0/24 via " + Host.ADDRESS
                        + "; ip -n wire route add fd00:38::/64 via fd00:9::2")
                .ok();
        ping("wire", "10.38.0.2");
        ping("wire", "fd00:38::3");
        host.sh("ip -n wire route del 10.38.0.0/24; ip -n wire route del fd00:38::/64")
                .ok();
    }

    @Test
    void nftablesMasqueradesToo() {
        String network = NETWORK.formatted(",\"ipMasqBackend\":\"nftables\"");
        String answer = call(OURS, "ADD", network).ok();

        assertThat(host.sh("nft list ruleset").ok()).contains("ip saddr 10.38.0.2", "ip6 saddr fd00:38::2");
        assertThat(host.sh("iptables-save; ip6tables-save").ok()).doesNotContain("10.38.0.2", "fd00:38::2");
        ping("pod", Host.NEIGHBOUR);
        ping("pod", "fd00:9::1");
        call(OURS, "CHECK", NETWORK.formatted(",\"ipMasqBackend\":\"nftables\",\"prevResult\":" + answer))
                .ok();
    }

    @Test
    void aPublishedPortLeadsToIt() {
        String answer = call(OURS, "ADD", NETWORK.formatted("")).ok();
        String portmap = "{\"cniVersion\":\"1.0.0\",\"name\":\"pairs\",\"type\":\"portmap\",\"runtimeConfig\":"
                + "{\"portMappings\":[{\"hostPort\":8099,\"containerPort\":80,\"protocol\":\"tcp\"}]},\"prevResult\":"
                + answer + "}";
        call(Host.ours("portmap"), "ADD", portmap).ok();
        Process server = host.start("ip", "netns", "exec", "pod", "busybox", "httpd", "-f", "-h", "/etc", "-p", "80");
        try {
            host.sh("until ip netns exec pod ss -ltn | grep -q :80; do :; done").ok();
            String page = host.run("cat", "/etc/hostname").ok();
            assertThat(host.sh("ip netns exec wire curl -sS --max-time 5 http://" + Host.ADDRESS + ":8099/hostname")
                            .ok())
                    .isEqualTo(page);
        } finally {
            server.destroy();
        }
        call(Host.ours("portmap"), "DEL", portmap).ok();
    }

    @Test
    void itsTrafficIsShapedToo() {
        String answer = call(OURS, "ADD", NETWORK.formatted("")).ok();
        String bandwidth =
                "{\"cniVersion\":\"1.0.0\",\"name\":\"pairs\",\"type\":\"bandwidth\",\"ingressRate\":8000000,"
                        + "\"ingressBurst\":800000,\"egressRate\":8000000,\"egressBurst\":800000,\"prevResult\":"
                        + answer + "}";
        JsonNode shaped = json(call(Host.ours("bandwidth"), "ADD", bandwidth).ok());
        String device = shaped.at("/interfaces/2/name").asText();

        ping("pod", Host.NEIGHBOUR);

        assertThat(host.sh("tc -s -j qdisc show dev " + device + " root").ok()).containsPattern("\"packets\":[1-9]");
        call(Host.ours("bandwidth"), "DEL", bandwidth).ok();
    }

    @Test
    void delNeedsTheJournalAlone() {
        call(OURS, "ADD", NETWORK.formatted("")).ok();
        daemon.kill();
        daemon = Daemon.start(host, options());

        call(OURS, "DEL", BARE, Map.of("CNI_NETNS", "")).ok();

        assertThat(onHost()).isEqualTo(before);
        assertThat(leases()).isEmpty();
    }

    @Test
    void everythingGoesWithTheNamespace() {
        call(OURS, "ADD", NETWORK.formatted("")).ok();
        host.run("ip", "netns", "del", "pod").ok();

        host.sh("timeout 30 sh -c 'while ls /run/leases/pairs | grep -qE \"^(10|fd)\"; do :; done'")
                .ok();
    }

    @Test
    void gcRemovesWhatTheRuntimeDoesNotName() {
        String newer = NETWORK.formatted("%s").replace("\"1.0.0\"", "\"1.1.0\"");
        call(OURS, "ADD", newer.formatted("")).ok();
        call(OURS, "ADD", newer.formatted(""), OTHER).ok();

        String valid = ",\"cni.dev/valid-attachments\":[{\"containerID\":\"pod2\",\"ifname\":\"eth0\"}]";
        call(OURS, "GC", newer.formatted(valid)).ok();

        assertThat(leases()).contains("10.38.0.3").doesNotContain("10.38.0.2");
        assertThat(host.sh("ip -n pod -br link").ok()).doesNotContain("eth0");
        assertThat(host.sh("ip route").ok()).contains("10.38.0.3").doesNotContain("10.38.0.2 ");
    }

    @Test
    void aFailedAddLeavesNothing() {
        host.run("ip", "-n", "pod", "link", "add", "eth0", "type", "bridge").ok();

        Output output = call(OURS, "ADD", NETWORK.formatted(""));

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(json(output.out()).at("/msg").asText()).contains("eth0", "already exists");
        assertThat(onHost()).isEqualTo(before);
        assertThat(leases()).isEmpty();
    }

    private void ping(String namespace, String address) {
        host.sh("ip netns exec " + namespace + " busybox ping -c 1 -W 5 " + address)
                .ok();
    }

    /** Addresses and routes of the container. */
    private String inside() {
        return host.sh(
                        "ip -n pod -o address show dev eth0 scope global | sed -E 's/^[0-9]+: //; s/ (noprefixroute|nodad)//g';"
                                + " ip -n pod -4 route show table all; ip -n pod -6 route show | grep -v fe80;"
                                + " ip -n pod -j link show eth0 | grep -oE '\"(mtu|operstate)\":[^,]*'")
                .ok();
    }

    /** Addresses and routes of the host's end, whatever its name. */
    private String onHost() {
        return host.sh("(ip -br link | grep -oE '^veth[0-9a-f]+'; ip -o address | grep veth | grep -v fe80;"
                        + " ip -4 route show table all | grep veth; ip -6 route show | grep veth | grep -v fe80)"
                        + " | sed -E 's/veth[0-9a-f]+/VETH/g; s/^[0-9]+: //; s/ (tentative|nodad)//g'")
                .ok();
    }

    private String leases() {
        return host.sh("ls /run/leases/pairs | grep -E '^(10|fd)' || true").ok();
    }

    /** Without what is empty, and without the pair's name and addresses, which are random. */
    private JsonNode result(String text) {
        ObjectNode result = (ObjectNode) json(text);
        result.properties()
                .removeIf(
                        entry -> entry.getValue().isEmpty() && entry.getValue().isContainerNode());
        result.get("interfaces").forEach(link -> ((ObjectNode) link).put("mac", "random"));
        ((ObjectNode) result.at("/interfaces/0")).put("name", "random");
        return result;
    }

    private Output call(String plugin, String command, String config) {
        return call(plugin, command, config, Map.of());
    }

    private Output call(String plugin, String command, String config, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of("CNI_COMMAND", command));
        environment.putAll(more);
        return host.plugin(plugin, config, environment);
    }
}
