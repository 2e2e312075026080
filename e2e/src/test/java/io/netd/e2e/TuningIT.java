package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code tuning} after {@code bridge}, with a daemon and without, beside Debian's reference plugin. */
class TuningIT extends NetdTestBase {
    private static final String REFERENCE = "/usr/lib/cni/tuning";
    private static final String OURS = Host.dist().resolve("cni/tuning").toString();
    private static final String BRIDGE = """
            {"cniVersion":"1.0.0","name":"tuned","type":"bridge","bridge":"cni-tune0","isGateway":true,
             "ipam":{"type":"host-local","subnet":"10.34.0.0/24","dataDir":"/run/leases"}}
            """;
    private static final String TUNING = """
            {"cniVersion":"1.0.0","name":"tuned","type":"tuning","dataDir":"/run/tuning","mac":"02:00:00:00:00:99",
             "mtu":1400,"promisc":true,"allmulti":true,
             "sysctl":{"net.ipv4.conf.IFNAME.arp_filter":"1","net/core/somaxconn":"99"}%s}
            """;

    private String previous = "";
    private String before = "";

    @BeforeEach
    void makeAContainer() {
        host.run("ip", "netns", "add", "pod").ok();
        previous = call(Host.dist().resolve("cni/bridge").toString(), "ADD", BRIDGE)
                .ok();
        before = link();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        call(Host.dist().resolve("cni/bridge").toString(), "DEL", BRIDGE).ok();
        host.run("ip", "netns", "del", "pod");
        host.run("ip", "link", "del", "cni-tune0");
        host.run("rm", "-rf", "/run/leases", "/run/tuning");
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
        String chained = chained(previous);
        JsonNode reference = result(call(REFERENCE, "ADD", chained).ok());
        String effect = link() + sysctls();
        call(OURS, "DEL", chained).ok();
        assertThat(link()).as("what the reference kept, restored by ours").isEqualTo(before);
        host.sh("ip netns exec pod sysctl -qw net.core.somaxconn=4096 net.ipv4.conf.eth0.arp_filter=0")
                .ok();

        String answer = call(OURS, "ADD", chained).ok();

        assertThat(result(answer)).isEqualTo(reference);
        assertThat(link() + sysctls()).isEqualTo(effect).contains("PROMISC", "ALLMULTI", "1400", "02:00:00:00:00:99");
        call(OURS, "CHECK", chained(answer)).ok();
        // Debian's version forgets the placeholder in CHECK.
        call(REFERENCE, "CHECK", chained(answer).replace("IFNAME", "eth0")).ok();
        call(REFERENCE, "DEL", chained).ok();
        assertThat(link()).as("what ours kept, restored by the reference").isEqualTo(before);
        assertThat(json(call(OURS, "CHECK", chained(answer)).out()).at("/msg").asText())
                .contains("mac of eth0 is 02:00:00:00:00:99");
        call(OURS, "DEL", chained).ok();
        assertThat(link()).isEqualTo(before);
        assertThat(host.sh("ls /run/tuning").ok()).isEmpty();
    }

    @Test
    void delRestoresFromTheJournalAlone() {
        call(OURS, "ADD", chained(previous)).ok();
        daemon.kill();
        daemon = Daemon.start(host, options());

        call(OURS, "DEL", TUNING.formatted(""), Map.of("CNI_NETNS", "")).ok();

        assertThat(link()).isEqualTo(before);
        call(OURS, "DEL", TUNING.formatted("")).ok();
    }

    @Test
    void delSucceedsWhenTheNamespaceIsGone() {
        call(OURS, "ADD", chained(previous)).ok();
        host.run("ip", "netns", "del", "pod").ok();

        call(OURS, "DEL", chained(previous)).ok();

        assertThat(host.sh("ls /run/tuning").ok()).isEmpty();
    }

    @Test
    void aFailedAddLeavesEverythingAsItWas() {
        String parameters = sysctls();

        Output output = call(OURS, "ADD", chained(previous).replace("1400", "70000"));

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(json(output.out()).at("/msg").asText()).contains("mtu 70000");
        assertThat(link()).isEqualTo(before);
        assertThat(sysctls()).isEqualTo(parameters);
        assertThat(host.sh("ls /run/tuning").ok()).isEmpty();
        call(OURS, "DEL", chained(previous)).ok();
    }

    @Test
    void withoutAPreviousResultAddIsRefused() {
        assertThat(json(call(OURS, "ADD", TUNING.formatted("")).out())
                        .at("/code")
                        .asInt())
                .isEqualTo(7);
        assertThat(link()).isEqualTo(before);
    }

    private static String chained(String previous) {
        return TUNING.formatted(",\"prevResult\":" + previous);
    }

    /** Without what is empty: the reference writes such an object where ours, as the specification has it, writes none. */
    private JsonNode result(String text) {
        ObjectNode result = (ObjectNode) json(text);
        result.properties()
                .removeIf(
                        entry -> entry.getValue().isEmpty() && entry.getValue().isContainerNode());
        return result;
    }

    private String link() {
        JsonNode link = json(host.sh("ip -n pod -j -d link show eth0").ok()).get(0);
        return link.get("flags") + " " + link.get("mtu") + " " + link.get("txqlen") + " " + link.get("address") + "\n";
    }

    private String sysctls() {
        return host.sh("ip netns exec pod cat /proc/sys/net/core/somaxconn /proc/sys/net/ipv4/conf/eth0/arp_filter")
                .ok();
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
