package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nerdctl, CRI-O and containerd send, replayed call by call. */
class ClientReplayIT extends NetdTestBase {
    private static final String NAMESPACE = "/run/netns/pod";
    private static final String NONE = "";

    /** The first IPv6 gateway turns forwarding on, which stays until netd is uninstalled. */
    @Override
    void furnish() {
        host.sh("echo 1 >/proc/sys/net/ipv6/conf/all/forwarding").ok();
    }

    @BeforeEach
    void makeNamespaces() {
        host.sh("ip netns add pod; ip netns add pod2").ok();
    }

    /** Looks before the namespaces go: netd notices that, and would take away what a DEL forgot. */
    @AfterEach
    @Override
    void hostIsAsBefore() {
        List<String> left = changes().stream()
                .filter(change -> change.startsWith("rules") || change.contains("links: new: veth"))
                .toList();
        String kept = host.sh("find /var/lib/cni /run/cni -type f | grep -vE '/(last_reserved_ip[.].*|lock)$'")
                .out();
        host.sh("for p in $(ip netns pids pod); do kill -9 $p; done; ip netns del pod; ip netns del pod2;"
                + " for b in nerdctl0 br-a8d1ac6b1d5b cni0 cni-pods0; do ip link del $b; done;"
                + " rm -rf /var/lib/cni /run/cni");
        assertThat(left).isEmpty();
        assertThat(kept).isEmpty();
        super.hostIsAsBefore();
    }

    @Override
    void removeContainers() {
        // Namespaces are all there is of them.
    }

    @Test
    void nerdctlDeletesWithoutANamespaceBeforeEveryAdd() {
        Libcni container = replay("nerdctl.json");

        for (int start = 0; start < 2; start++) {
            // The second time the container is still attached, as when containerd was restarted.
            container.del(NONE);
            container.add();
            assertThat(host.sh("ip -n pod -o address show dev eth0").ok()).contains("10.4.0.77/24");
            assertThat(host.sh("ip -n pod -o link show dev eth0").ok()).contains("02:00:00:00:00:77");
        }
        serve();
        answers("127.0.0.1:8080");
        answers("127.0.0.1:8081");
        answersOnTheWire(Host.ADDRESS + ":8080");
        host.sh("ip netns exec pod busybox ping -c 1 -w 5 " + Host.NEIGHBOUR).ok();
        assertThat(host.sh("ip netns exec wire curl -s --max-time 1 http://" + Host.ADDRESS + ":8081")
                        .exitCode())
                .as("published on loopback only")
                .isNotZero();

        container.del(NONE);

        assertThat(host.sh("ip -n pod -o link").ok().lines()).hasSize(1);
    }

    @Test
    void nerdctlAsksForAnIpv6AddressAndKeepsItsNetworksApart() {
        Libcni four = replay("nerdctl.json");
        Libcni six = Libcni.replay(host, "nerdctl-ipv6.json", "/run/netns/pod2");
        four.add();
        six.add();
        serve();

        assertThat(host.sh("ip -n pod2 -o -6 address show dev eth0").ok()).contains("fd04:1::77/64");
        host.sh("ip netns exec pod2 busybox ping -6 -c 1 -w 5 fd04:1::1").ok();
        answers("10.4.0.77:80");
        assertThat(host.sh("ip netns exec pod2 curl -s --max-time 1 http://10.4.0.77:80")
                        .exitCode())
                .isNotZero();

        six.del(NONE);
        four.del(NONE);
    }

    @Test
    void nerdctlReadsTheReleaseOfFirewall() {
        assertThat(host.run(Host.ours("firewall")).err().lines().findFirst().orElseThrow())
                .matches("CNI firewall plugin v1[.](7[.][1-9]|[89][.]|[1-9][0-9]).*");
    }

    @Test
    void crioChecksWhatItHasJustAddedAndReadsTheKeptResult() {
        Libcni pod = replay("crio.json");
        pod.add();
        pod.check();
        JsonNode kept = pod.result();
        serve();

        for (JsonNode ip : kept.at("/ips")) {
            JsonNode link = kept.at("/interfaces").get(ip.get("interface").asInt());
            assertThat(link.get("name").asText()).isEqualTo("eth0");
            assertThat(link.get("sandbox").asText()).isEqualTo(NAMESPACE);
            assertThat(host.sh("ip -n pod -o address show dev eth0").ok())
                    .contains(ip.get("address").asText());
        }
        assertThat(kept.at("/ips")).hasSize(2);
        answers(kept.at("/ips/0/address").asText().replaceFirst("/.*", "") + ":80");
        host.sh("ip netns exec pod busybox ping -c 1 -w 5 " + Host.NEIGHBOUR).ok();
        host.sh("ip netns exec pod busybox ping -6 -c 1 -w 5 1100:200::1").ok();
        pod.check();

        pod.del();
        pod.del();
    }

    @Test
    void crioDeletesAPodWhoseNamespaceIsGone() {
        Libcni pod = replay("crio.json");
        pod.add();
        host.run("ip", "netns", "del", "pod").ok();

        pod.del();
    }

    @Test
    void containerdAttachesLoopbackAndThePodsNetworkAtOnce() {
        Libcni pod = replay("containerd.json");
        Libcni loopback = replay("containerd-loopback.json");

        CompletableFuture<JsonNode> lo = CompletableFuture.supplyAsync(loopback::add);
        JsonNode result = pod.add();

        assertThat(lo.join().at("/interfaces/0/name").asText()).isEqualTo("lo");
        assertThat(result.at("/dns/nameservers/0").asText()).isIn("", "10.96.0.10");
        assertThat(host.sh("ip -n pod -o -4 address show dev lo").ok()).contains("127.0.0.1/8");
        assertThat(host.sh("tc qdisc show").ok()).contains("rate 100Mbit");
        serve();
        answers("127.0.0.1:8080");
        answersOnTheWire(Host.ADDRESS + ":8080");

        loopback.del(NONE);
        pod.del(NONE);
    }

    private Libcni replay(String recording) {
        return Libcni.replay(host, recording, NAMESPACE);
    }

    /** In the background; it ends with the test. */
    private void serve() {
        host.sh("ip netns exec pod busybox httpd -p 80 -h /etc").ok();
    }

    private void answers(String where) {
        assertThat(host.sh("curl -sS --max-time 5 http://" + where + "/hostname")
                        .ok())
                .isEqualTo(host.sh("cat /etc/hostname").ok());
    }

    private void answersOnTheWire(String where) {
        assertThat(host.sh("ip netns exec wire curl -sS --max-time 5 http://" + where + "/hostname")
                        .ok())
                .isEqualTo(host.sh("cat /etc/hostname").ok());
    }
}
