package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The plugin binaries as a foreign runtime calls them, with a daemon. */
class CniIT extends NetdTestBase {
    private static final String BRIDGE = """
            {"cniVersion":"1.0.0","name":"net1","type":"bridge","bridge":"cni-test0","isDefaultGateway":true,"ipMasq":true,
             "ipam":{"type":"host-local","subnet":"10.30.0.0/24","dataDir":"/run/leases"}}
            """;

    @BeforeEach
    void makeANamespace() {
        host.run("ip", "netns", "add", "pod").ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        host.run("ip", "netns", "del", "pod");
        host.run("ip", "link", "del", "cni-test0");
        host.run("rm", "-rf", "/run/leases");
        super.hostIsAsBefore();
    }

    @Test
    void addMakesEth0AndDelTakesItAway() {
        JsonNode result = json(call("bridge", "ADD", BRIDGE).ok());

        assertThat(result.at("/cniVersion").asText()).isEqualTo("1.0.0");
        assertThat(result.at("/ips/0/address").asText()).isEqualTo("10.30.0.2/24");
        assertThat(result.at("/ips/0/interface").asInt()).isEqualTo(2);
        assertThat(result.at("/interfaces/0/name").asText()).isEqualTo("cni-test0");
        assertThat(host.sh("ip -n pod -o -4 address show dev eth0").ok()).contains("10.30.0.2/24");
        assertThat(host.sh("ip -n pod route").ok()).contains("default via 10.30.0.1");
        host.sh("ip netns exec pod busybox ping -c 1 -W 2 10.30.0.1").ok();
        host.sh("ip netns exec pod busybox ping -c 1 -W 2 " + Host.NEIGHBOUR).ok();

        assertThat(call("bridge", "DEL", BRIDGE).ok()).isEmpty();

        assertThat(host.sh("ip -n pod -o link").ok().lines()).hasSize(1);
        assertThat(host.sh("ls /run/leases/net1 | grep -c ^10").out().strip()).isEqualTo("0");
        assertThat(host.sh("nft list ruleset | grep -c 10.30.0").out().strip()).isEqualTo("0");
    }

    @Test
    void delNeedsNoNamespaceAndCanBeRepeated() {
        call("bridge", "ADD", BRIDGE).ok();
        host.run("ip", "netns", "del", "pod").ok();

        call("bridge", "DEL", BRIDGE, Map.of("CNI_NETNS", "")).ok();
        call("bridge", "DEL", BRIDGE, Map.of("CNI_NETNS", "/run/netns/pod")).ok();

        assertThat(host.sh("ls /run/leases/net1 | grep -c ^10").out().strip()).isEqualTo("0");
        assertThat(host.sh("ip -o link | grep -c veth").out().strip()).isEqualTo("0");
    }

    @Test
    void delOfWhatWasNeverAddedSucceeds() {
        call("bridge", "DEL", BRIDGE).ok();
    }

    private static String portmap(String previous) {
        return """
                {"cniVersion":"1.0.0","name":"net1","type":"portmap","capabilities":{"portMappings":true},
                 "runtimeConfig":{"portMappings":[{"HostPort":8099,"ContainerPort":80,"Protocol":"tcp"}]},"prevResult":%s}
                """.formatted(previous);
    }

    @Test
    void checkSeesThatSomebodyDeletedARule() {
        String result = call("bridge", "ADD", BRIDGE).ok();
        String portmap = portmap(result);
        String bridge = BRIDGE.strip().replaceFirst("}$", ",\"prevResult\":" + result + "}");
        call("portmap", "ADD", portmap).ok();
        call("bridge", "CHECK", bridge).ok();
        call("portmap", "CHECK", portmap).ok();

        withoutADaemon(() -> {
            host.sh("iptables -t nat -D POSTROUTING -s 10.30.0.0/24 ! -o cni-test0 -j MASQUERADE")
                    .ok();
            assertThat(call("bridge", "CHECK", bridge).out()).contains("MASQUERADE");
            host.sh("iptables -t nat -D NETD -p tcp --dport 8099 -j DNAT --to-destination 10.30.0.2:80")
                    .ok();
            Output missing = call("portmap", "CHECK", portmap);
            assertThat(missing.exitCode()).isEqualTo(1);
            assertThat(json(missing.out()).at("/msg").asText()).contains("--dport 8099 -j DNAT");
        });

        call("portmap", "DEL", portmap).ok();
        call("bridge", "DEL", BRIDGE).ok();
    }

    @Test
    void portmapPublishesAPortOfTheChain() {
        String portmap = portmap(call("bridge", "ADD", BRIDGE).ok());

        call("portmap", "ADD", portmap).ok();
        Process server = host.start("ip", "netns", "exec", "pod", "busybox", "httpd", "-f", "-p", "80", "-h", "/etc");
        host.sh("until ip netns exec pod ss -ltn | grep -q :80; do :; done").ok();

        assertThat(host.sh("ip netns exec wire curl -sS --max-time 5 http://" + Host.ADDRESS + ":8099/hostname")
                        .ok())
                .isEqualTo(host.sh("cat /etc/hostname").ok());
        server.destroy();
        call("portmap", "DEL", portmap).ok();
        call("bridge", "DEL", BRIDGE).ok();
        assertThat(host.sh("iptables -t nat -S | grep -c 8099").out().strip()).isEqualTo("0");
    }

    @Test
    void versionAndTheAboutLineNeedNoDaemon() {
        assertThat(json(call("bridge", "VERSION", "{\"cniVersion\":\"1.0.0\"}").ok())
                        .at("/supportedVersions")
                        .toString())
                .isEqualTo("[\"0.1.0\",\"0.2.0\",\"0.3.0\",\"0.3.1\",\"0.4.0\",\"1.0.0\",\"1.1.0\"]");
        Output about = call("bridge", "", "");
        assertThat(about.err()).startsWith("CNI bridge plugin");
        assertThat(about.exitCode()).isZero();
    }

    @Test
    void aVanishedNamespaceTakesItsVethsWithIt() {
        call("bridge", "ADD", BRIDGE).ok();
        host.run("ip", "netns", "del", "pod").ok();

        host.sh("for i in $(seq 100); do ip -o link | grep -q veth || exit 0; sleep 0.1; done; exit 1")
                .ok();
        call("bridge", "DEL", BRIDGE).ok();
    }

    @Test
    void brokenInputIsOneClearErrorAndChangesNothing() {
        for (String input :
                new String[] {"", "{", "[]", "{\"cniVersion\":\"9.0.0\",\"name\":\"x\",\"type\":\"bridge\"}"}) {
            Output output = call("bridge", "ADD", input);
            assertThat(output.exitCode()).as(input).isEqualTo(1);
            assertThat(json(output.out()).at("/code").asInt()).as(output.out()).isPositive();
            assertThat(json(output.out()).at("/msg").asText()).isNotEmpty();
        }
    }

    private Output call(String plugin, String command, String config) {
        return call(plugin, command, config, Map.of());
    }

    private Output call(String plugin, String command, String config, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of("CNI_COMMAND", command));
        environment.putAll(more);
        return host.plugin(Host.ours(plugin), config, environment);
    }
}
