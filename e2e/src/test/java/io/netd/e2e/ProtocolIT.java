package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CNI's shapes and codes beside those of Debian's reference plugins. */
class ProtocolIT extends NetdTestBase {
    private static final String REFERENCE = "/usr/lib/cni/";
    private static final String BRIDGE = """
            {"cniVersion":"%s","name":"spoken","type":"bridge","bridge":"cni-sp0","isDefaultGateway":true,
             "ipam":{"type":"host-local","ranges":[[{"subnet":"10.38.0.0/24","rangeStart":"10.38.0.9","rangeEnd":"10.38.0.9"}],
              [{"subnet":"fd38::/64","rangeStart":"fd38::9","rangeEnd":"fd38::9"}]],
              "routes":[{"dst":"192.0.2.0/24"},{"dst":"2001:db8::/32","gw":"fd38::1"}],"dataDir":"/run/leases"},
             "dns":{"nameservers":["10.38.0.1"],"search":["example.org"]}%s}
            """;

    /** It stays on once a plugin has turned it on. */
    @Override
    void furnish() {
        host.run("sysctl", "-qw", "net.ipv6.conf.all.forwarding=1").ok();
    }

    @BeforeEach
    void makeANamespace() {
        host.run("ip", "netns", "add", "pod").ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        host.run("ip", "netns", "del", "pod");
        host.run("ip", "link", "del", "cni-sp0");
        host.run("rm", "-rf", "/run/leases");
        super.hostIsAsBefore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0"})
    void aResultHasTheShapeThatTheReferenceGivesItsVersion(String version) {
        String config = BRIDGE.formatted(version, "");
        JsonNode theirs = shape(call(REFERENCE + "bridge", "ADD", config).ok());
        call(REFERENCE + "bridge", "DEL", config).ok();
        JsonNode ours = shape(call(Host.ours("bridge"), "ADD", config).ok());
        call(Host.ours("bridge"), "DEL", config).ok();

        assertThat(ours).isEqualTo(theirs);
        assertThat(ours.at("/cniVersion").asText()).isEqualTo(version);
    }

    @Test
    void version110AddsTheMtu() {
        JsonNode older = shape(
                call(Host.ours("bridge"), "ADD", BRIDGE.formatted("1.0.0", "")).ok());
        call(Host.ours("bridge"), "DEL", BRIDGE.formatted("1.0.0", "")).ok();
        JsonNode result = shape(
                call(Host.ours("bridge"), "ADD", BRIDGE.formatted("1.1.0", "")).ok());
        call(Host.ours("bridge"), "DEL", BRIDGE.formatted("1.1.0", "")).ok();

        for (JsonNode link : result.at("/interfaces")) {
            assertThat(((ObjectNode) link).remove("mtu").asInt()).isEqualTo(1500);
        }
        ((ObjectNode) result).put("cniVersion", "1.0.0");
        assertThat(result).isEqualTo(older);
    }

    @Test
    void whatRuntimesPutIntoAConfigurationIsTolerated() {
        String config = BRIDGE.formatted(
                "1.0.0",
                ",\"capabilities\":{\"ips\":true,\"mac\":true},\"cniVersions\":[\"1.0.0\",\"9.0.0\"],\"disableGC\":\"true\","
                        + "\"cni.dev/x\":[1],\"runtimeConfig\":{\"ips\":[\"10.38.0.9\"],\"mac\":\"02:00:00:00:00:0a\","
                        + "\"aliases\":[\"a\"],\"cgroupPath\":\"/c\",\"portMappings\":[],\"later\":{}},"
                        + "\"args\":{\"cni\":{\"labels\":[{\"key\":\"a\",\"value\":\"b\"}]}}");
        JsonNode result = json(call(Host.ours("bridge"), "ADD", config).ok());
        call(Host.ours("bridge"), "DEL", config).ok();

        assertThat(result.at("/ips/0/address").asText()).isEqualTo("10.38.0.9/24");
        assertThat(result.at("/interfaces/2/mac").asText()).isEqualTo("02:00:00:00:00:0a");
    }

    /** Where netd's code is another than the reference's, netd's is the specification's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "bridge  | CNI_COMMAND=MOVE       | {`cniVersion`:`1.0.0`,`name`:`n`,`type`:`bridge`}     | 4 | 4",
                "bridge  | CNI_CONTAINERID=-x     | {`cniVersion`:`1.0.0`,`name`:`n`,`type`:`bridge`}     | 4 | 4",
                "bridge  | CNI_IFNAME=a/b         | {`cniVersion`:`1.0.0`,`name`:`n`,`type`:`bridge`}     | 4 | 4",
                "bridge  | CNI_NETNS=             | {`cniVersion`:`1.0.0`,`name`:`n`,`type`:`bridge`}     | 4 | 4",
                "bridge  | CNI_COMMAND=ADD        | {                                                     | 6 | 6",
                "bridge  | CNI_COMMAND=ADD        | {`cniVersion`:`9.0.0`,`name`:`n`,`type`:`bridge`}     | 1 | 1",
                "bridge  | CNI_COMMAND=CHECK      | {`cniVersion`:`0.3.1`,`name`:`n`,`type`:`bridge`}     | 1 | 1",
                "bridge  | CNI_COMMAND=ADD        | {`cniVersion`:`1.0.0`,`type`:`bridge`}                | 7 | 7",
                "bridge  | CNI_COMMAND=ADD        | {`cniVersion`:`1.0.0`,`name`:`a/b`,`type`:`bridge`}   | 7 | 7",
                "portmap | CNI_COMMAND=ADD        | {`cniVersion`:`1.0.0`,`name`:`n`,`type`:`portmap`,`runtimeConfig`:{`portMappings`:[{`hostPort`:1,`containerPort`:1}]}} | 7 | 999",
                "tuning  | CNI_COMMAND=CHECK      | {`cniVersion`:`1.0.0`,`name`:`n`,`type`:`tuning`}     | 7 | 999",
            })
    void codesAreThoseOfTheSpecification(String plugin, String variable, String config, int ours, int theirs) {
        String json = config.replace('`', '"');
        String[] pair = variable.split("=", 2);
        Map<String, String> environment = new HashMap<>(Map.of("CNI_COMMAND", "ADD"));
        environment.put(pair[0], pair[1]);

        assertThat(code(host.plugin(Host.ours(plugin), json, environment))).isEqualTo(ours);
        assertThat(code(host.plugin(REFERENCE + plugin, json, environment))).isEqualTo(theirs);
    }

    @Test
    void theHostsOwnNamespaceIsRefusedBeforeAnythingIsDone() {
        String links = host.sh("ip -o link | cut -d: -f2").ok();
        for (String plugin : new String[] {"bridge", "none", "loopback"}) {
            String config = "{\"cniVersion\":\"1.0.0\",\"name\":\"n\",\"type\":\"" + plugin + "\"}";
            Map<String, String> own = Map.of("CNI_COMMAND", "ADD", "CNI_NETNS", "/proc/self/ns/net");
            assertThat(code(host.plugin(Host.ours(plugin), config, own)))
                    .as(plugin)
                    .isEqualTo(8);
        }
        assertThat(host.sh("ip -o link | cut -d: -f2").ok()).isEqualTo(links);
    }

    private int code(Output output) {
        assertThat(output.exitCode()).as(output.out()).isEqualTo(1);
        return json(output.out()).at("/code").asInt();
    }

    /** Without what is of chance, and without empty objects: the reference writes some where ours writes none. */
    private JsonNode shape(String text) {
        ObjectNode result = (ObjectNode) json(text);
        for (JsonNode link : result.path("interfaces")) {
            ((ObjectNode) link).put("mac", link.path("mac").asText().length());
            ((ObjectNode) link).put("name", link.path("name").asText().replaceFirst("^veth.*", "veth"));
        }
        result.properties()
                .removeIf(entry ->
                        entry.getValue().isContainerNode() && entry.getValue().isEmpty());
        return result;
    }

    private Output call(String program, String command, String config) {
        return host.plugin(program, config, Map.of("CNI_COMMAND", command, "CNI_PATH", REFERENCE));
    }
}
