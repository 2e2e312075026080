package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code firewall} after {@code bridge}, with a daemon and without, beside Debian's reference plugin. */
class FirewallIT extends NetdTestBase {
    private static final String REFERENCE = "/usr/lib/cni/firewall";
    private static final String OURS = Host.ours("firewall");
    private static final String SAME_BRIDGE = ",\"ingressPolicy\":\"same-bridge\"";

    /** What the reference never takes away. */
    private static final String REMAINS = """
            for t in iptables ip6tables; do
                for c in CNI-FORWARD 'CNI-ISOLATION-STAGE-1'; do
                    $t -S FORWARD | grep -e "-j $c" | sed 's/^-A/-D/' | while read -r rule; do eval $t "$rule"; done
                done
                for c in CNI-FORWARD CNI-ISOLATION-STAGE-1 CNI-ISOLATION-STAGE-2 CNI-ADMIN; do $t -F $c; done
                for c in CNI-FORWARD CNI-ISOLATION-STAGE-1 CNI-ISOLATION-STAGE-2 CNI-ADMIN; do $t -X $c; done
            done 2>/dev/null; true""";

    private static final String BRIDGE = """
            {"cniVersion":"1.0.0","name":"walled","type":"bridge","bridge":"cni-fw0","isGateway":true,"ipMasq":%s,
             "ipam":{"type":"host-local","dataDir":"/run/leases","routes":[{"dst":"0.0.0.0/0"}],
              "ranges":[[{"subnet":"10.35.0.0/24"}],[{"subnet":"fd35::/64"}]]}}
            """;

    private String previous = "";
    private String before = "";

    /** The reference's iptables leaves tables behind, and the bridge's first IPv6 gateway turns forwarding on. */
    @Override
    void furnish() {
        host.sh("for t in iptables ip6tables; do $t -A FORWARD -j ACCEPT && $t -D FORWARD -j ACCEPT; done;"
                        + " echo 1 >/proc/sys/net/ipv6/conf/all/forwarding")
                .ok();
    }

    @BeforeEach
    void makeAContainer() {
        before = rules();
        host.run("ip", "netns", "add", "pod").ok();
        previous = call(Host.ours("bridge"), "ADD", BRIDGE.formatted(false)).ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        host.sh("iptables -P FORWARD ACCEPT");
        call(Host.ours("bridge"), "DEL", BRIDGE.formatted(false)).ok();
        host.run("ip", "netns", "del", "pod");
        host.run("ip", "link", "del", "cni-fw0");
        host.run("rm", "-rf", "/run/leases");
        super.hostIsAsBefore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", SAME_BRIDGE, ",\"iptablesAdminChainName\":\"OPERATOR\""})
    void itWritesWhatTheReferenceWrites(String options) {
        compareWithTheReference(options);
    }

    @Test
    void withoutADaemonToo() {
        daemon.terminate();
        try {
            compareWithTheReference(SAME_BRIDGE);
        } finally {
            daemon = Daemon.start(host, options());
        }
    }

    private void compareWithTheReference(String options) {
        String config = config(options, previous);
        JsonNode reference = result(call(REFERENCE, "ADD", config).ok());
        String written = rules();
        call(REFERENCE, "DEL", config).ok();
        host.sh("iptables -F OPERATOR; iptables -X OPERATOR; " + REMAINS.replace("CNI-ADMIN", "CNI-ADMIN OPERATOR"));
        assertThat(rules()).isEqualTo(before);

        String answer = call(OURS, "ADD", config).ok();

        assertThat(result(answer)).isEqualTo(reference);
        assertThat(rules()).isEqualTo(written);
        call(REFERENCE, "CHECK", config(options, answer)).ok();
        call(OURS, "CHECK", config(options, answer)).ok();
        call(OURS, "DEL", config).ok();
        assertThat(rules()).isEqualTo(before);
    }

    @Test
    void eitherPluginDeletesWhatTheOtherAdded() {
        String config = config("", previous);
        call(REFERENCE, "ADD", config).ok();
        call(OURS, "CHECK", config).ok();
        call(OURS, "DEL", config).ok();
        assertThat(rules()).isEqualTo(before);

        call(OURS, "ADD", config).ok();
        // A daemon that runs keeps the rules of an attachment that it has not been told to end.
        withoutADaemon(() -> {
            call(REFERENCE, "DEL", config).ok();
            assertThat(rules()).doesNotContain("10.35.0.").doesNotContain("fd35::");
        });
        call(OURS, "DEL", config).ok();
        assertThat(rules()).isEqualTo(before);
    }

    @Test
    void aContainerOfTheReferenceKeepsTheChainsThatItNeeds() {
        String other = config("", previous.replace("10.35.0.2", "10.35.0.99").replace("fd35::2", "fd35::99"));
        call(REFERENCE, "ADD", other, Map.of("CNI_CONTAINERID", "old")).ok();
        String written = rules();
        call(OURS, "ADD", config("", previous)).ok();
        assertThat(rules()).contains("10.35.0.2/32", "10.35.0.99/32");
        call(OURS, "DEL", config("", previous)).ok();
        assertThat(rules()).isEqualTo(written);
        call(REFERENCE, "CHECK", other, Map.of("CNI_CONTAINERID", "old")).ok();
        call(OURS, "DEL", other, Map.of("CNI_CONTAINERID", "old")).ok();
        assertThat(rules()).isEqualTo(before);
    }

    @Test
    void delNeedsNothingButTheJournal() {
        call(OURS, "ADD", config(SAME_BRIDGE, previous)).ok();
        daemon.kill();
        daemon = Daemon.start(host, options());
        call(OURS, "CHECK", config(SAME_BRIDGE, previous)).ok();

        call(OURS, "DEL", config("", ""), Map.of("CNI_NETNS", "")).ok();

        assertThat(rules()).isEqualTo(before);
        call(OURS, "DEL", config("", "")).ok();
        call(OURS, "DEL", config("", ""), Map.of("CNI_CONTAINERID", "never")).ok();
        call(OURS, "DEL", config(SAME_BRIDGE, previous), Map.of("CNI_CONTAINERID", "never"))
                .ok();
        assertThat(rules()).isEqualTo(before);
    }

    @Test
    void aFailedAddLeavesNothing() {
        assertThat(code(call(OURS, "ADD", config("", "")))).isEqualTo(7);
        assertThat(code(call(OURS, "ADD", config(",\"ingressPolicy\":\"closed\"", previous))))
                .isEqualTo(7);
        assertThat(code(call(OURS, "ADD", config("", previous).replace("\"1.0.0\"", "\"0.3.1\""))))
                .isEqualTo(1);
        call(OURS, "ADD", config("", previous)).ok();
        assertThat(code(call(OURS, "ADD", config(SAME_BRIDGE, previous)))).isNotZero();
        assertThat(rules()).doesNotContain("ISOLATION");
        call(OURS, "DEL", config("", previous)).ok();
        assertThat(rules()).isEqualTo(before);
    }

    @Test
    void checkFindsWhatAnAdministratorFlushed() {
        call(OURS, "ADD", config("", previous)).ok();
        withoutADaemon(() -> {
            host.sh("iptables -F CNI-FORWARD").ok();

            Output output = call(OURS, "CHECK", config("", previous));

            assertThat(json(output.out()).at("/msg").asText()).contains("missing", "-s 10.35.0.2/32 -j ACCEPT");
        });
        call(OURS, "DEL", config("", previous)).ok();
    }

    @Test
    void gcTakesWhatNobodyKeeps() {
        String config = config("", previous).replace("\"1.0.0\"", "\"1.1.0\"");
        call(OURS, "ADD", config).ok();
        String kept = config.replaceFirst(
                "\\{", "{\"cni.dev/valid-attachments\":[{\"containerID\":\"pod1\",\"ifname\":\"eth0\"}],");
        call(OURS, "GC", kept).ok();
        assertThat(rules()).contains("10.35.0.2/32");
        call(OURS, "STATUS", config).ok();
        call(OURS, "GC", config.replaceFirst("\\{", "{\"cni.dev/valid-attachments\":[],"))
                .ok();
        assertThat(rules()).isEqualTo(before);
    }

    @Test
    void manyAtOnceLeaveNothing() {
        List<CompletableFuture<Void>> lives = IntStream.rangeClosed(10, 25)
                .mapToObj(number -> CompletableFuture.runAsync(() -> live(number)))
                .toList();
        lives.forEach(CompletableFuture::join);
        assertThat(rules()).isEqualTo(before);
    }

    private void live(int number) {
        Map<String, String> id = Map.of("CNI_CONTAINERID", "many" + number);
        String config = config(
                SAME_BRIDGE, previous.replace("10.35.0.2", "10.35.0." + number).replace("fd35::2", "fd35::" + number));
        call(OURS, "ADD", config, id).ok();
        call(OURS, "CHECK", config, id).ok();
        call(OURS, "DEL", config, id).ok();
    }

    /** As podman's (empty backend) and nerdctl's (a policy) network files have it. */
    @ParameterizedTest
    @ValueSource(strings = {",\"backend\":\"\"", SAME_BRIDGE})
    void inTheChainOfARuntimeContainersGoOutWhereForwardingIsDropped(String options) {
        call(Host.ours("bridge"), "DEL", BRIDGE.formatted(false)).ok();
        host.sh("iptables -P FORWARD DROP").ok();
        List<String[]> chain = List.of(
                new String[] {"bridge", BRIDGE.formatted(true)},
                new String[] {"portmap", PORTMAP},
                new String[] {"firewall", config(options, "")},
                new String[] {"tuning", "{\"cniVersion\":\"1.0.0\",\"name\":\"walled\",\"type\":\"tuning\"}"});
        String result = "";
        for (String[] link : chain) {
            String config = result.isEmpty() ? link[1] : link[1].replaceFirst("\\{", "{\"prevResult\":" + result + ",");
            result = call(Host.ours(link[0]), "ADD", config).ok();
        }
        assertThat(host.sh("ip netns exec pod busybox ping -c 1 -W 2 " + Host.NEIGHBOUR)
                        .exitCode())
                .isZero();
        List<String[]> backwards = new ArrayList<>(chain);
        java.util.Collections.reverse(backwards);
        for (String[] link : backwards) {
            String config = link[1].replaceFirst("\\{", "{\"prevResult\":" + result + ",");
            call(Host.ours(link[0]), "CHECK", config).ok();
            call(Host.ours(link[0]), "DEL", config).ok();
        }
        assertThat(rules()).isEqualTo(before);
        assertThat(host.sh("iptables -S FORWARD").ok()).startsWith("-P FORWARD DROP\n");
    }

    private static final String PORTMAP = """
            {"cniVersion":"1.0.0","name":"walled","type":"portmap","capabilities":{"portMappings":true},
             "runtimeConfig":{"portMappings":[{"hostPort":8035,"containerPort":80,"protocol":"tcp"}]}}
            """;

    private static String config(String options, String previous) {
        String result = previous.isEmpty() ? "" : ",\"prevResult\":" + previous;
        return "{\"cniVersion\":\"1.0.0\",\"name\":\"walled\",\"type\":\"firewall\"" + options + result + "}";
    }

    /** Without what is empty: the reference writes such an object where ours, as the specification has it, writes none. */
    private JsonNode result(String text) {
        ObjectNode result = (ObjectNode) json(text);
        result.properties()
                .removeIf(
                        entry -> entry.getValue().isEmpty() && entry.getValue().isContainerNode());
        return result;
    }

    private int code(Output output) {
        assertThat(output.exitCode()).isEqualTo(1);
        return json(output.out()).at("/code").asInt();
    }

    /** The rules of CNI's chains and the ways into them, in their order. */
    private String rules() {
        return host.sh("iptables-save -t filter; echo; ip6tables-save -t filter")
                .ok()
                .lines()
                .filter(line -> line.isEmpty() || line.contains("CNI") || line.contains("OPERATOR"))
                .map(line -> line.replaceAll(" \\[.*]$", ""))
                .collect(Collectors.joining("\n"));
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
