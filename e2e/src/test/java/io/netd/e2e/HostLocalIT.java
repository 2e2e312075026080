package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code host-local} as a plugin of its own beside Debian's, on one folder of leases. */
class HostLocalIT extends NetdTestBase {
    private static final String REFERENCE = "/usr/lib/cni/host-local";
    private static final String OURS = Host.ours("host-local");

    @BeforeEach
    void makeAContainer() {
        host.run("ip", "netns", "add", "pod").ok();
        host.sh(
                        "mkdir -p /run/own && printf 'nameserver 10.81.0.53\\nsearch a b\\noptions ndots:2\\n' >/run/own/resolv.conf")
                .ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        host.run("ip", "netns", "del", "pod").ok();
        host.run("rm", "-rf", "/run/own").ok();
        super.hostIsAsBefore();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'subnet':'10.81.0.0/24'||",
                "'subnet':'10.81.0.0/24','rangeStart':'10.81.0.10','rangeEnd':'10.81.0.12'||",
                "'subnet':'10.81.0.0/24','gateway':'10.81.0.2'||",
                "'subnet':'10.81.0.0/24','rangeStart':'10.81.0.254'||",
                "'subnet':'10.81.0.0/30'||",
                "'ranges':[[{'subnet':'10.81.0.0/30'},{'subnet':'10.82.0.0/24','gateway':'10.82.0.9'}]]||",
                "'ranges':[[{'subnet':'10.81.0.0/24'}],[{'subnet':'fd81::/64','rangeStart':'fd81::10'}]]||",
                "'subnet':'10.81.0.0/24','routes':[{'dst':'0.0.0.0/0'},{'dst':'10.9.0.0/16','gw':'10.81.0.9'}]||",
                "'subnet':'10.81.0.0/24','resolvConf':'/run/own/resolv.conf'||",
                "'ranges':[]|'runtimeConfig':{'ipRanges':[[{'subnet':'10.83.0.0/24','rangeStart':'10.83.0.7'}]]}|",
                "'subnet':'10.81.0.0/24'|'runtimeConfig':{'ipRanges':[[{'subnet':'fd83::/64'}]]}|",
                "'subnet':'10.81.0.0/24'|'runtimeConfig':{'ips':['10.81.0.77']}|",
                "'subnet':'10.81.0.0/24'|'runtimeConfig':{'ips':['10.81.0.77/24']}|",
                "'subnet':'10.81.0.0/24'|'args':{'cni':{'ips':['10.81.0.78']}}|",
                "'subnet':'10.81.0.0/24'||IP=10.81.0.79",
            })
    void threeContainersGetWhatTheyGetFromTheReference(String ipam, String keys, String args) {
        List<JsonNode> reference = three(REFERENCE, config("theirs", ipam, keys), args);
        List<JsonNode> ours = three(OURS, config("ours", ipam, keys), args);

        assertThat(ours).isEqualTo(reference);
        assertThat(leases("ours")).isEqualTo(leases("theirs"));
        for (String id : List.of("c1", "c2", "c3")) {
            call(REFERENCE, "DEL", id, config("ours", ipam, keys), null).ok();
            call(OURS, "DEL", id, config("ours", ipam, keys), null).ok();
            call(OURS, "DEL", id, config("theirs", ipam, keys), null).ok();
        }
        assertThat(leases("ours") + leases("theirs")).doesNotContain("/eth0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'subnet':'10.81.0.0/24'|IP=10.82.0.79|7",
                "'subnet':'10.81.0.0/24'|IP=10.81.0.1|7",
                "'subnet':'10.81.0.1/24'||7",
                "'subnet':'10.81.0.0/31'||7",
                "'subnet':'10.81.0.0/24','rangeStart':'10.82.0.1'||7",
                "'subnet':'10.81.0.0/24','rangeEnd':'10.82.0.1'||7",
                "'ranges':[[{'subnet':'10.81.0.0/24'},{'subnet':'fd81::/64'}]]||7",
                "'ranges':[[{'subnet':'10.81.0.0/24'}],[{'subnet':'10.81.0.0/25'}]]||7",
                "'ranges':[[]]||7",
                "'x':1||7",
            })
    void whatIsRefusedIsRefusedInTheReferencesWords(String ipam, String args, int code) {
        String words = json(call(REFERENCE, "ADD", "c1", config("theirs", ipam, null), args)
                        .out())
                .at("/msg")
                .asText();

        JsonNode ours =
                json(call(OURS, "ADD", "c1", config("ours", ipam, null), args).out());

        // Ours may name more of what is wrong.
        assertThat(ours.at("/msg").asText().replace("Network 10.81.0.1/24 has", "Network has"))
                .startsWith(words);
        assertThat(ours.at("/code").asInt()).isEqualTo(code);
        assertThat(leases("ours")).doesNotContain("/eth0");
        call(OURS, "DEL", "c1", config("ours", ipam, null), args).ok();
    }

    @Test
    void eachTakesTheFolderOverFromTheOther() {
        String config = config("n", "'subnet':'10.81.0.0/28'", null);
        List<String> given = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            given.add(address(i % 2 == 0 ? REFERENCE : OURS, "c" + i, config));
        }
        assertThat(given)
                .containsExactly(
                        "10.81.0.2/28", "10.81.0.3/28", "10.81.0.4/28", "10.81.0.5/28", "10.81.0.6/28", "10.81.0.7/28");
        daemon.kill();
        daemon = Daemon.start(host, options());
        for (int i = 0; i < 6; i++) {
            String chained = config.replaceFirst("}$", ",\"prevResult\":{\"cniVersion\":\"1.0.0\"}}");
            call(i % 2 == 0 ? OURS : REFERENCE, "CHECK", "c" + i, chained, null).ok();
            call(i % 2 == 0 ? OURS : REFERENCE, "DEL", "c" + i, config, null).ok();
        }
        assertThat(leases("n").lines()).containsExactlyInAnyOrder("last_reserved_ip.0 10.81.0.7", "lock");
        // What the daemon remembers of the three that the reference has released must not stand in the way.
        assertThat(address(OURS, "c6", config)).isEqualTo("10.81.0.8/28");
        assertThat(address(REFERENCE, "c7", config)).isEqualTo("10.81.0.9/28");
        call(REFERENCE, "DEL", "c6", config, null).ok();
        call(OURS, "DEL", "c7", config, null).ok();
        assertThat(leases("n")).doesNotContain("/eth0");
        for (int i = 0; i < 8; i++) {
            call(OURS, "DEL", "c" + i, config, null).ok();
        }
    }

    @Test
    void underBridgeOneRuntimeMayChangeFromTheReferenceToNetdAndBack() {
        String config = "{\"cniVersion\":\"1.0.0\",\"name\":\"moved\",\"type\":\"bridge\",\"bridge\":\"cni-moved0\","
                + "\"isGateway\":true,\"ipMasq\":false,\"ipam\":{\"type\":\"host-local\",\"subnet\":\"10.84.0.0/24\","
                + "\"dataDir\":\"/run/own/leases\"}}";
        host.run("ip", "netns", "add", "pod2").ok();
        try {
            call("/usr/lib/cni/bridge", "ADD", "old", config, null).ok();
            String answer = bridge(Host.ours("bridge"), "ADD", "new", config).ok();
            assertThat(json(answer).at("/ips/0/address").asText()).isEqualTo("10.84.0.3/24");
            assertThat(host.sh("ip netns exec pod busybox ping -c 1 -w 5 10.84.0.3")
                            .exitCode())
                    .as("they see each other")
                    .isZero();

            call(Host.ours("bridge"), "DEL", "old", config, null).ok();
            bridge("/usr/lib/cni/bridge", "DEL", "new", config).ok();

            assertThat(host.sh("ls /run/own/leases/moved").ok()).doesNotContain("10.84.0.2", "10.84.0.3");
            assertThat(host.sh("ip -o link show master cni-moved0").ok()).isEmpty();
            bridge(Host.ours("bridge"), "DEL", "new", config).ok();
        } finally {
            host.run("ip", "netns", "del", "pod2").ok();
            host.run("ip", "link", "del", "cni-moved0").ok();
        }
    }

    @Test
    void whatTheReferenceReleasedOrDetachedIsNewToNetd() {
        String alone = config("again", "'subnet':'10.81.0.0/24'", null);
        assertThat(address(OURS, "c1", alone)).isEqualTo("10.81.0.2/24");
        assertThat(json(call(OURS, "ADD", "c1", alone, null).out()).at("/code").asInt())
                .as("while it is held")
                .isEqualTo(100);
        call(REFERENCE, "DEL", "c1", alone, null).ok();
        assertThat(address(OURS, "c1", alone)).isEqualTo("10.81.0.3/24");
        call(OURS, "DEL", "c1", alone, null).ok();
        assertThat(address(REFERENCE, "c1", alone)).isEqualTo("10.81.0.4/24");
        call(OURS, "DEL", "c1", alone, null).ok();
        assertThat(address(REFERENCE, "c1", alone)).isEqualTo("10.81.0.5/24");
        call(REFERENCE, "DEL", "c1", alone, null).ok();
        assertThat(leases("again")).doesNotContain("/eth0");
    }

    @Test
    void aContainerThatStaysMayGoFromOneToTheOtherAndBack() {
        String config = "{\"cniVersion\":\"1.0.0\",\"name\":\"moved\",\"type\":\"bridge\",\"bridge\":\"cni-moved0\","
                + "\"isGateway\":true,\"ipMasq\":false,\"ipam\":{\"type\":\"host-local\",\"subnet\":\"10.84.0.0/24\","
                + "\"dataDir\":\"/run/own/leases\"}}";
        String ports = config.replaceFirst("\"type\":\"bridge\"", "\"type\":\"portmap\"")
                .replaceFirst(
                        "}$",
                        ",\"runtimeConfig\":{\"portMappings\":"
                                + "[{\"hostPort\":8074,\"containerPort\":80,\"protocol\":\"tcp\"}]},\"prevResult\":");
        host.run("ip", "netns", "add", "pod2").ok();
        try {
            for (int round = 0; round < 2; round++) {
                String result =
                        bridge(Host.ours("bridge"), "ADD", "new", config).ok();
                bridge(Host.ours("portmap"), "ADD", "new", ports + result + "}").ok();
                assertThat(host.sh("iptables-save -t nat").ok()).containsOnlyOnce("--dport 8074");

                bridge("/usr/lib/cni/bridge", "DEL", "new", config).ok();
                bridge("/usr/lib/cni/bridge", "ADD", "new", config).ok();
                bridge("/usr/lib/cni/bridge", "DEL", "new", config).ok();
            }
            bridge(Host.ours("portmap"), "DEL", "new", ports + "{\"cniVersion\":\"1.0.0\"}}")
                    .ok();
            bridge(Host.ours("bridge"), "DEL", "new", config).ok();
            assertThat(host.sh("ls /run/own/leases/moved").ok()).doesNotContain("10.84.0.");
            assertThat(host.sh("iptables-save").ok()).doesNotContain("8074").doesNotContain("10.84.0.");
        } finally {
            host.run("ip", "netns", "del", "pod2").ok();
            host.run("ip", "link", "del", "cni-moved0").ok();
        }
    }

    private Output bridge(String plugin, String command, String id, String config) {
        return host.plugin(
                plugin,
                config,
                Map.of(
                        "CNI_COMMAND",
                        command,
                        "CNI_CONTAINERID",
                        id,
                        "CNI_NETNS",
                        "/run/netns/pod2",
                        "CNI_PATH",
                        "/usr/lib/cni"));
    }

    private List<JsonNode> three(String plugin, String config, String args) {
        List<JsonNode> answers = new ArrayList<>();
        for (String id : List.of("c1", "c2", "c3")) {
            answers.add(result(json(call(plugin, "ADD", id, config, args).out())));
        }
        return answers;
    }

    private String address(String plugin, String id, String config) {
        return json(call(plugin, "ADD", id, config, null).ok())
                .at("/ips/0/address")
                .asText();
    }

    /** Every file with what it holds. */
    private String leases(String network) {
        return host.sh("cd /run/own/leases/" + network + " 2>/dev/null || exit 0;"
                        + " for f in *; do echo \"$f $(tr '\\r\\n' ' /' <$f)\"; done")
                .ok();
    }

    private static String config(String name, String ipam, String keys) {
        String more = keys == null ? "" : "," + keys;
        return ("{'cniVersion':'1.0.0','name':'" + name + "','type':'any','ipam':{'type':'host-local',"
                        + "'dataDir':'/run/own/leases'," + ipam + "}" + more + "}")
                .replace('\'', '"');
    }

    /** Of a failure its words; without what is empty: the reference writes such an object where ours, as the specification has it, writes none. */
    private static JsonNode result(JsonNode answer) {
        ObjectNode result = answer.deepCopy();
        if (result.has("msg")) {
            return result.retain("msg");
        }
        result.properties()
                .removeIf(
                        entry -> entry.getValue().isEmpty() && entry.getValue().isContainerNode());
        return result;
    }

    private Output call(String plugin, String command, String id, String config, String args) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CNI_COMMAND",
                command,
                "CNI_CONTAINERID",
                id,
                "CNI_PATH",
                "/usr/lib/cni",
                "CNI_ARGS",
                args == null ? "" : args));
        return host.plugin(plugin, config, environment);
    }
}
