package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code firewall} on a host where firewalld runs, which lets nothing through by itself, beside Debian's reference plugin. */
class FirewalldIT extends NetdTestBase {
    private static final String REFERENCE = "/usr/lib/cni/firewall";
    private static final String OURS = Host.ours("firewall");
    private static final String FIREWALLD = ",\"backend\":\"firewalld\"";
    private static final String BRIDGE = """
            {"cniVersion":"1.1.0","name":"zoned","type":"bridge","bridge":"cni-fwd0","isGateway":true,"ipMasq":true,
             "ipam":{"type":"host-local","dataDir":"/run/leases","routes":[{"dst":"0.0.0.0/0"}],
              "ranges":[[{"subnet":"10.36.0.0/24"}],[{"subnet":"fd36::/64"}]]}}
            """;

    private FirewalldProcess firewalld;
    private String previous = "";

    @Override
    void furnish() {
        // The bridge's first IPv6 gateway turns forwarding on.
        host.sh("echo 1 >/proc/sys/net/ipv6/conf/all/forwarding").ok();
        firewalld = FirewalldProcess.start(host);
    }

    @AfterAll
    @Override
    void uninstalledNetdLeavesNoTrace() {
        try {
            super.uninstalledNetdLeavesNoTrace();
        } finally {
            firewalld.close();
        }
    }

    @BeforeEach
    void makeAContainer() {
        host.run("ip", "netns", "add", "pod").ok();
        previous = call(Host.ours("bridge"), "ADD", BRIDGE).ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        call(Host.ours("bridge"), "DEL", BRIDGE).ok();
        host.run("ip", "netns", "del", "pod");
        host.run("ip", "link", "del", "cni-fwd0");
        host.run("rm", "-rf", "/run/leases");
        super.hostIsAsBefore();
    }

    @ParameterizedTest
    @ValueSource(strings = {FIREWALLD, ",\"backend\":\"\"", FIREWALLD + ",\"firewalldZone\":\"work\""})
    void itPutsAddressesWhereTheReferencePutsThem(String options) {
        compareWithTheReference(options);
    }

    @Test
    void withoutADaemonToo() {
        daemon.terminate();
        try {
            compareWithTheReference("");
        } finally {
            daemon = Daemon.start(host, options());
        }
    }

    private void compareWithTheReference(String options) {
        String config = config(options);
        call(REFERENCE, "ADD", config.replace("1.1.0", "1.0.0")).ok();
        String zoned = zones();
        assertThat(zoned).contains("10.36.0.2/32", "fd36::2/128");
        call(OURS, "CHECK", config).ok();
        call(OURS, "DEL", config).ok();
        assertThat(zones()).as("of the reference, taken by ours").isEmpty();

        call(OURS, "ADD", config).ok();

        assertThat(zones()).isEqualTo(zoned);
        assertThat(rules()).isEmpty();
        call(REFERENCE, "CHECK", config.replace("1.1.0", "1.0.0")).ok();
        call(OURS, "CHECK", config).ok();
        call(OURS, "STATUS", config).ok();
        call(OURS, "DEL", config).ok();
        assertThat(zones()).isEmpty();
    }

    @Test
    void aTrustedContainerGoesOut() {
        assertThat(goesOut()).as("without the plugin").isFalse();
        call(OURS, "ADD", config("")).ok();
        assertThat(goesOut()).isTrue();
        call(OURS, "DEL", config("")).ok();
        assertThat(goesOut()).isFalse();
    }

    @Test
    void whoAsksForIptablesGetsRules() {
        call(OURS, "ADD", config(",\"backend\":\"iptables\"")).ok();
        assertThat(zones()).isEmpty();
        assertThat(rules()).contains("-A CNI-FORWARD -s 10.36.0.2/32 -j ACCEPT");
        call(OURS, "CHECK", config("")).ok();
        call(OURS, "DEL", config("")).ok();
        assertThat(rules()).isEmpty();
    }

    @Test
    void bridgesAreKeptApartByRulesAllTheSame() {
        String isolated = FIREWALLD + ",\"ingressPolicy\":\"isolated\"";
        call(OURS, "ADD", config(isolated)).ok();
        assertThat(zones()).contains("10.36.0.2/32");
        assertThat(rules())
                .contains("-A CNI-ISOLATION-STAGE-1 -i cni-fwd0 -o cni-fwd0")
                .doesNotContain("10.36.0.2");
        call(OURS, "CHECK", config(isolated)).ok();
        withoutADaemon(() -> {
            host.sh("iptables -F CNI-ISOLATION-STAGE-2").ok();
            assertThat(message(call(OURS, "CHECK", config(isolated)))).contains("-A CNI-ISOLATION-STAGE-2 -o cni-fwd0");
        });
        call(OURS, "DEL", config(isolated)).ok();
        assertThat(rules()).isEmpty();
    }

    @Test
    void delNeedsNothingButTheJournal() {
        call(OURS, "ADD", config(FIREWALLD + ",\"firewalldZone\":\"work\"")).ok();
        daemon.kill();
        daemon = Daemon.start(host, options());
        previous = "";

        call(OURS, "DEL", config(""), Map.of("CNI_NETNS", "")).ok();

        assertThat(zones()).isEmpty();
        call(OURS, "DEL", config("")).ok();
    }

    @Test
    void aFailedAddLeavesNothing() {
        assertThat(message(call(OURS, "ADD", config(FIREWALLD + ",\"firewalldZone\":\"nowhere\""))))
                .contains("addSource[nowhere, 10.36.0.2/32]: INVALID_ZONE");
        assertThat(zones()).isEmpty();
        firewalld.zone("addSource", "home", "fd36::2/128").ok();
        assertThat(message(call(OURS, "ADD", config(FIREWALLD)))).contains("fd36::2/128", "ZONE_CONFLICT");
        assertThat(zones()).isEqualTo("home fd36::2/128\n");
        firewalld.zone("removeSource", "home", "fd36::2/128").ok();
    }

    @Test
    void checkFindsThatFirewalldForgot() {
        call(OURS, "ADD", config(FIREWALLD)).ok();
        withoutADaemon(() -> {
            firewalld.reload();

            assertThat(message(call(OURS, "CHECK", config(FIREWALLD))))
                    .contains("zone trusted", "10.36.0.2/32", "fd36::2/128");
        });
        call(OURS, "CHECK", config(FIREWALLD)).ok();
        call(OURS, "DEL", config(FIREWALLD)).ok();
    }

    @Test
    void whatFirewalldRefusesToTakeBackIsInTheLogAndKeepsNothingElseAway() {
        call(OURS, "ADD", config(FIREWALLD)).ok();
        daemon.kill();
        firewalld.reload();
        firewalld.zone("addSource", "home", "10.36.0.2/32").ok();

        daemon = Daemon.start(host, options());

        assertThat(zones()).contains("trusted fd36::2/128").doesNotContain("trusted 10.36.0.2/32");
        assertThat(daemon.log()).contains("addSource[trusted, 10.36.0.2/32]: ZONE_CONFLICT");
        firewalld.zone("removeSource", "home", "10.36.0.2/32").ok();
        call(OURS, "DEL", config(FIREWALLD)).ok();
    }

    /** The default zone drops everything; netd's own bridge is in one that does not, and so are addresses of CNI networks. */
    @Test
    void containersAreReachedAndGoOutAgainAfterEachReload() {
        call(OURS, "ADD", config("")).ok();
        runDetached("--name", "web", "-p", "8080:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
        everybodyIsConnected();

        firewalld.reload();
        everybodyIsConnected();
        host.sh("iptables -F; iptables -t nat -F; iptables -t raw -F").ok();
        everybodyIsConnected();
        firewalld.end();
        firewalld.begin();
        everybodyIsConnected();

        call(OURS, "DEL", config("")).ok();
        removeContainers();
        putRulesBack();
    }

    private void everybodyIsConnected() {
        host.sh("for i in $(seq 40); do ip netns exec wire curl -sS --max-time 1 http://" + Host.ADDRESS + ":8080/ &&"
                        + " ip netns exec pod busybox ping -c 1 -W 1 " + Host.NEIGHBOUR + " && "
                        + Host.dist() + "/bin/netctl exec web ping -c 1 -W 1 " + Host.NEIGHBOUR
                        + " && exit; sleep 0.1; done; exit 1")
                .ok();
    }

    @Test
    void whereFirewalldEndedDelSucceedsAndAddIsRefused() {
        call(OURS, "ADD", config("")).ok();
        firewalld.end();
        try {
            call(OURS, "DEL", config("")).ok();
            Output refused = call(OURS, "ADD", config(FIREWALLD));
            assertThat(json(refused.out()).at("/code").asInt()).isEqualTo(11);
            assertThat(json(call(OURS, "STATUS", config(FIREWALLD)).out())
                            .at("/code")
                            .asInt())
                    .isEqualTo(50);
            call(OURS, "ADD", config("")).ok();
            assertThat(rules()).contains("-A CNI-FORWARD -s 10.36.0.2/32 -j ACCEPT");
            call(OURS, "DEL", config("")).ok();
        } finally {
            firewalld.begin();
            putRulesBack();
        }
        assertThat(zones()).isEmpty();
    }

    /** Firewalld flushes everybody's rules of iptables when it starts or reads its configuration. */
    private void putRulesBack() {
        daemon.terminate();
        daemon = Daemon.start(host, options());
    }

    private boolean goesOut() {
        return host.sh("ip netns exec pod busybox ping -c 1 -W 1 " + Host.NEIGHBOUR)
                        .exitCode()
                == 0;
    }

    private String config(String options) {
        String result = previous.isEmpty() ? "" : ",\"prevResult\":" + previous;
        return "{\"cniVersion\":\"1.1.0\",\"name\":\"zoned\",\"type\":\"firewall\"" + options + result + "}";
    }

    private String message(Output output) {
        assertThat(output.exitCode()).isEqualTo(1);
        return json(output.out()).at("/msg").asText();
    }

    /** Addresses in firewalld's zones, as {@code zone address}. */
    private String zones() {
        return firewalld.sources("home") + firewalld.sources("trusted") + firewalld.sources("work");
    }

    private String rules() {
        return host.sh("iptables-save -t filter | grep -e '^-A.*CNI-'; true").ok();
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
