package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ports of a container that another runtime has connected to two networks, the second of which leads out. */
class SeveralNetworksIT extends NetdTestBase {
    private static final Map<String, String> SECOND = Map.of("CNI_IFNAME", "eth1");

    /** The first network with IPv6 turns forwarding on. */
    @Override
    void furnish() {
        host.sh("sysctl -qw net.ipv6.conf.all.forwarding=1").ok();
    }

    @Test
    void portsOfEachAreThereAndNewOnesComeInByTheWayOut() {
        host.sh("ip netns add pod && ip -n pod link set lo up").ok();
        host.plugin(Host.ours("bridge"), bridge("side", ""), add(Map.of())).ok();
        String result = host.plugin(Host.ours("bridge"), bridge("main", "[{\"subnet\":\"fd39::/64\"}]"), add(SECOND))
                .ok();
        host.plugin(Host.ours("portmap"), portmap(result), add(SECOND)).ok();
        assertThat(host.netctl("port", "pod1").ok()).isEqualTo("80/tcp -> 0.0.0.0:8110\n80/tcp -> [::]:8110");

        assertThat(host.netctl("port", "add", "pod1", "-p", "8111:80").ok())
                .isEqualTo("80/tcp -> 0.0.0.0:8111\n80/tcp -> [::]:8111");
        assertThat(host.sh("iptables-save -t nat").ok()).contains("--dport 8111 -j DNAT --to-destination 10.39.1.2:80");

        assertThat(host.netctl("port", "rm", "pod1", "-p", "8110:80", "-p", "8112:80")
                        .err())
                .contains("port 0.0.0.0:8112->80/tcp is not published for pod1");
        host.netctl("port", "rm", "pod1", "-p", "8110:80", "-p", "8111:80").ok();
        assertThat(host.netctl("port", "pod1").ok()).isEmpty();

        host.plugin(Host.ours("portmap"), portmap(result), del(SECOND)).ok();
        host.plugin(Host.ours("bridge"), bridge("main", ""), del(SECOND)).ok();
        host.plugin(Host.ours("bridge"), bridge("side", ""), del(Map.of())).ok();
        host.sh("ip netns del pod; ip link del cni-side; ip link del cni-main; rm -r /run/two-leases")
                .ok();
    }

    private static Map<String, String> add(Map<String, String> more) {
        return with("ADD", more);
    }

    private static Map<String, String> del(Map<String, String> more) {
        return with("DEL", more);
    }

    private static Map<String, String> with(String command, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("CNI_COMMAND", command);
        return all;
    }

    private static String bridge(String network, String ranges6) {
        boolean leadsOut = network.equals("main");
        return "{\"cniVersion\":\"1.0.0\",\"name\":\"" + network + "\",\"type\":\"bridge\",\"bridge\":\"cni-" + network
                + "\",\"isGateway\":true,\"isDefaultGateway\":" + leadsOut
                + ",\"ipam\":{\"type\":\"host-local\",\"dataDir\":\"/run/two-leases\",\"ranges\":[[{\"subnet\":\"10.39."
                + (leadsOut ? 1 : 0) + ".0/24\"}]" + (ranges6.isEmpty() ? "" : "," + ranges6) + "]}}";
    }

    private static String portmap(String result) {
        return "{\"cniVersion\":\"1.0.0\",\"name\":\"main\",\"type\":\"portmap\",\"runtimeConfig\":{\"portMappings\":"
                + "[{\"hostPort\":8110,\"containerPort\":80,\"protocol\":\"tcp\"}]},\"prevResult\":" + result + "}";
    }
}
