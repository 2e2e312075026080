package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that somebody removes come back at once, and everybody is told who did it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeeperIT extends NetdTestBase {
    private static final String PAGE = "hello from a container";
    private static final String DIRECT = "http://172.17.0.2/";
    private static final String PUBLISHED = "http://" + Host.ADDRESS + ":8080/";
    private static final String POD = """
            {"cniVersion":"1.0.0","name":"kept","type":"bridge","bridge":"cni-kept0","isGateway":true,"ipMasq":true,
             "macspoofchk":true,"ipam":{"type":"host-local","subnet":"10.77.0.0/24","dataDir":"/run/leases",
              "routes":[{"dst":"0.0.0.0/0"}]}}
            """;

    private BusClient bus;

    /** Words that remove netd's rules, with the name of the program that the kernel tells; empty where it tells none. */
    List<List<String>> removals() {
        return List.of(
                List.of("nft flush ruleset", "nft"),
                List.of("for t in raw filter nat; do iptables -t $t -F; done", "iptables"),
                // Between the two netd may have been quicker: a chain with rules is not deleted.
                List.of("for t in raw nat filter; do iptables -t $t -F; iptables -t $t -X || :; done", "iptables"),
                List.of("iptables-save | sed '/^-A/d' | iptables-restore", "iptables-restor"),
                List.of("iptables -t nat -D POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE", "iptables"),
                List.of("iptables -D FORWARD -j NETD-USER", "iptables"),
                List.of("iptables -F NETD", "iptables"),
                List.of("iptables -t raw -F PREROUTING", "iptables"),
                List.of("iptables -t nat -F NETD", "iptables"));
    }

    /** All rules as the host's own program lists them, without counters; rules of one rank come in any order. */
    String rules() {
        return host.sh("for t in raw nat filter; do iptables -t $t -S | sort; done")
                .ok();
    }

    @BeforeEach
    void listen() {
        host.sh("ip -n wire route add 172.17.0.0/16 via " + Host.ADDRESS).ok();
        runDetached("--name", "web", "-p", "8080:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
        bus = BusClient.connect(host.file("/run/netd/bus.sock"));
        bus.register("netd.events");
        // A registration is not answered: it holds once an event has come.
        host.netctl("run", "--rm", "--net", "none", IMAGE, "true").ok();
        bus.event("netd.container.removed");
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        bus.close();
        host.sh("ip -n wire route del 172.17.0.0/16").ok();
        removeContainers();
        // What iptables-restore has written anew is not netd's any more, and a new daemon has patience.
        daemon.terminate();
        host.sh("nft flush ruleset").ok();
        daemon = Daemon.start(host, options());
        super.hostIsAsBefore();
    }

    @ParameterizedTest
    @MethodSource("removals")
    void whatSomebodyRemovesIsBack(List<String> removal) {
        String before = rules();

        host.sh(removal.get(0)).ok();

        assertThat(bus.event("netd.drift.found").at("/payload/by").asText()).startsWith(removal.get(1));
        awaitRepair();
        awaitRules(before);
        everythingWorks();
    }

    @Test
    void theyComeBackToTheirPlace() {
        host.sh("iptables -A FORWARD -j DROP && iptables -D FORWARD -j NETD-USER"
                        + " && iptables -D FORWARD -j NETD-FORWARD")
                .ok();
        awaitRepair();

        everythingWorks();
        assertThat(host.sh("iptables -S FORWARD").ok())
                .isEqualTo(
                        "-P FORWARD ACCEPT\n-A FORWARD -j NETD-USER\n-A FORWARD -j NETD-FORWARD\n-A FORWARD -j DROP");
        host.sh("iptables -D FORWARD -j DROP").ok();
    }

    @Test
    void whatIsWantedAndWhatIsThereCanBeSeen() {
        String wanted = host.netctl("firewall", "show").ok();
        assertThat(wanted).contains("# network/bridge", "MASQUERADE", "--dport 8080 -j DNAT");
        assertThat(host.netctl("firewall", "show", "--actual").ok()).isEqualTo(wanted);
        assertThat(host.netctl("firewall", "show", "--diff").ok()).isEmpty();
        JsonNode rules =
                json(host.netctl("firewall", "show", "--format", "json").ok());
        assertThat(rules).isNotEmpty().allMatch(rule -> rule.at("/present").asBoolean());
        assertThat(host.netctl("doctor").out()).contains("rules: are as netd wants them");
    }

    @Test
    void aUsersRulesAreNotTouched() {
        String before = rules();
        removeNothingOfTheUsers();

        awaitRepair();

        assertThat(rules()).contains("203.0.113.77");
        host.sh(removals().get(0).get(0)).ok();
        awaitRepair();
        awaitRules(before);
        everythingWorks();
    }

    /** Makes a rule of the user's and removes some of netd's. */
    void removeNothingOfTheUsers() {
        host.sh("iptables -A NETD-USER -s 203.0.113.77 -j DROP").ok();
        host.sh("iptables -t nat -F NETD").ok();
    }

    @Test
    void rulesOfPluginsComeBackToo() {
        host.run("ip", "netns", "add", "pod").ok();
        host.plugin(Host.ours("bridge"), POD, Map.of("CNI_COMMAND", "ADD")).ok();
        String checks = checks();
        assertThat(checks).contains("ether saddr");
        assertThat(podGoesOut()).isTrue();

        String before = rules();
        host.sh("nft delete table bridge nat; " + removals().get(0).get(0)).ok();
        awaitRepair();
        awaitRules(before);
        host.sh("for i in $(seq 100); do nft list table bridge nat >/dev/null 2>&1 && exit; sleep 0.05; done; exit 1")
                .ok();

        assertThat(podGoesOut()).isTrue();
        assertThat(checks()).isEqualTo(checks);
        host.plugin(Host.ours("bridge"), POD, Map.of("CNI_COMMAND", "DEL")).ok();
        host.sh("ip netns del pod; ip link del cni-kept0; rm -r /run/leases").ok();
    }

    @Test
    void whoKeepsRemovingThemIsLeftAloneForLongerAndLonger() {
        Process vandal =
                host.start("sh", "-c", "while :; do " + removals().get(1).get(0) + "; sleep 0.1; done");
        try {
            JsonNode found = bus.event("netd.drift.found");
            while (!found.at("/payload/detail").asText().contains("again and again")) {
                found = bus.event("netd.drift.found");
            }
            assertThat(host.netctl("doctor").out()).contains("again and again");
            vandal.descendants().forEach(ProcessHandle::destroyForcibly);
            vandal.destroyForcibly();
            // In between they may have come back; each time it takes longer.
            String difference = host.sh(
                            "for i in $(seq 5); do " + removals().get(1).get(0) + "; " + Host.dist()
                                    + "/bin/netctl firewall show --diff; [ $? = 1 ] && exit; done; exit 1")
                    .ok();
            assertThat(difference).contains("- iptables -t nat -A POSTROUTING", "# network/bridge");
        } finally {
            vandal.descendants().forEach(ProcessHandle::destroyForcibly);
            vandal.destroyForcibly();
        }
    }

    /** A removal by several commands may be repaired several times. */
    private void awaitRules(String wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        String now = rules();
        while (!now.equals(wanted) && System.nanoTime() < deadline) {
            now = rules();
        }
        assertThat(now).isEqualTo(wanted);
    }

    void awaitRepair() {
        bus.event("netd.drift.repaired");
    }

    void everythingWorks() {
        assertThat(fetchFromTheWire(PUBLISHED).ok()).isEqualTo(PAGE);
        assertThat(fetchFromTheWire(DIRECT).exitCode())
                .as("curl's code for a time-out")
                .isEqualTo(28);
        // The neighbour answers to the host only, so an answer proves the masquerade: no route leads it back otherwise.
        host.sh("ip -n wire route del 172.17.0.0/16").ok();
        assertThat(host.netctl("exec", "web", "ping", "-c", "1", "-W", "2", Host.NEIGHBOUR)
                        .exitCode())
                .isZero();
        host.sh("ip -n wire route add 172.17.0.0/16 via " + Host.ADDRESS).ok();
        assertThat(host.netctl("exec", "web", "wget", "-qO-", PUBLISHED).ok()).isEqualTo(PAGE);
    }

    private Output fetchFromTheWire(String url) {
        return host.sh("ip netns exec wire curl -sS --max-time 1 " + url);
    }

    private boolean podGoesOut() {
        return host.sh("ip netns exec pod busybox ping -c 1 -W 2 " + Host.NEIGHBOUR)
                        .exitCode()
                == 0;
    }

    private String checks() {
        return host.sh("nft -s list table bridge nat").ok();
    }
}
