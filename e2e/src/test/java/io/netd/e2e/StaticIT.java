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

/** {@code static} as a plugin of its own and under {@code bridge}, beside Debian's reference plugins. */
class StaticIT extends NetdTestBase {
    private static final String REFERENCE = "/usr/lib/cni/";
    private static final String ADDRESS =
            "\"ipam\":{\"type\":\"static\",\"addresses\":[{\"address\":\"10.61.0.5/24\",\"gateway\":\"10.61.0.1\"}],"
                    + "\"routes\":[{\"dst\":\"0.0.0.0/0\"},{\"dst\":\"10.9.0.0/16\",\"gw\":\"10.61.0.9\"}],"
                    + "\"dns\":{\"nameservers\":[\"10.61.0.53\"],\"search\":[\"example.org\"]}}";

    @BeforeEach
    void makeAContainer() {
        host.run("ip", "netns", "add", "pod").ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        host.run("ip", "netns", "del", "pod").ok();
        host.run("ip", "link", "del", "cni-static0");
        super.hostIsAsBefore();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.0.0|@||0",
                "0.3.1|@||0",
                "0.2.0|@||0",
                "1.0.0|@|IP=10.62.0.7/24,fd00::7/64;GATEWAY=10.62.0.1,fd00::1|0",
                "1.0.0|@|GATEWAY=10.61.0.9|0",
                "1.0.0|@|FOO=1;IgnoreUnknown=1|0",
                "1.0.0|@,\"args\":{\"cni\":{\"ips\":[\"10.63.0.1/24\"]}}|IP=10.62.0.7/24|0",
                "1.0.0|@,\"args\":{\"cni\":{\"ips\":[\"10.63.0.1/24\"]}},\"runtimeConfig\":{\"ips\":[\"fd00::1/64\"]}||0",
                "1.0.0|\"ipam\":{\"type\":\"static\"}||0",
                "1.0.0|\"ipam\":{\"type\":\"static\",\"addresses\":[{\"address\":\"10.61.0.5\"}]}||7",
                "1.0.0|@,\"runtimeConfig\":{\"ips\":[\"10.63.0.1\"]}||7",
                "1.0.0|\"x\":1||7",
                "1.0.0|@|FOO=1|4",
                "1.0.0|@|IP=10.62.0.7|4",
                "1.0.0|@|GATEWAY=zz|4",
                "0.2.0|@|IP=10.62.0.7/24|7",
                "0.2.0|\"ipam\":{\"type\":\"static\"}||7",
            })
    void itSaysWhatTheReferenceSays(String version, String keys, String args, int code) {
        String config = config(version, "static", keys.replace("@", ADDRESS));
        Map<String, String> more = args == null ? Map.of() : Map.of("CNI_ARGS", args);

        JsonNode reference =
                json(call(REFERENCE + "static", "ADD", config, more).out());
        JsonNode ours = json(call(Host.ours("static"), "ADD", config, more).out());

        if (code == 0) {
            assertThat(result(ours)).isEqualTo(result(reference));
        } else {
            assertThat(ours.at("/code").asInt()).isEqualTo(code);
            assertThat(ours.at("/msg").asText())
                    .contains(reference.at("/msg").asText().replace("ARGS: ", ""));
        }
        call(Host.ours("static"), "DEL", config, more).ok();
    }

    @Test
    void underBridgeTheContainerGetsWhatItGetsFromTheReference() {
        String config = config("1.0.0", "bridge", "\"bridge\":\"cni-static0\",\"isGateway\":true," + ADDRESS);
        Map<String, String> theirs = Map.of("CNI_PATH", REFERENCE);
        JsonNode reference =
                json(call(REFERENCE + "bridge", "ADD", config, theirs).ok());
        String effect = container();
        call(REFERENCE + "bridge", "DEL", config, theirs).ok();
        host.run("ip", "link", "del", "cni-static0").ok();

        String answer = call(Host.ours("bridge"), "ADD", config, Map.of()).ok();

        assertThat(json(answer).at("/ips")).isEqualTo(reference.at("/ips"));
        assertThat(json(answer).at("/routes")).isEqualTo(reference.at("/routes"));
        // Debian's version of bridge loses what the address plugin says of name servers; later ones hand it on.
        assertThat(json(answer).at("/dns/nameservers/0").asText()).isEqualTo("10.61.0.53");
        assertThat(container()).isEqualTo(effect).contains("10.61.0.5/24", "default via 10.61.0.1");
        String chained = config.replaceFirst("}$", ",\"prevResult\":" + answer + "}");
        call(Host.ours("bridge"), "CHECK", chained, Map.of()).ok();
        daemon.kill();
        daemon = Daemon.start(host, options());
        call(Host.ours("bridge"), "DEL", config, Map.of("CNI_NETNS", "")).ok();
        assertThat(container()).doesNotContain("10.61.0.5");
    }

    @Test
    void anInterfaceWithoutAnAddressIsRefusedAsTheReferenceRefusesIt() {
        String config = config("1.0.0", "bridge", "\"bridge\":\"cni-static0\",\"ipam\":{\"type\":\"static\"}");

        String message = json(call(Host.ours("bridge"), "ADD", config, Map.of()).out())
                .at("/msg")
                .asText();

        assertThat(message).isEqualTo("IPAM plugin returned missing IP config");
    }

    private static String config(String version, String type, String keys) {
        return "{\"cniVersion\":\"" + version + "\",\"name\":\"fixed\",\"type\":\"" + type + "\"," + keys + "}";
    }

    private String container() {
        return host.sh("ip -n pod -br address show dev eth0; ip -n pod route show | sort")
                .ok()
                .replaceAll("eth0@if\\d+", "eth0")
                .replaceAll("fe80::[0-9a-f:]+/64 ?", "");
    }

    /** Without what is empty: the reference writes such an object where ours, as the specification has it, writes none. */
    private static JsonNode result(JsonNode answer) {
        ObjectNode result = answer.deepCopy();
        result.properties()
                .removeIf(
                        entry -> entry.getValue().isEmpty() && entry.getValue().isContainerNode());
        return result;
    }

    private Output call(String plugin, String command, String config, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of("CNI_COMMAND", command));
        environment.putAll(more);
        return host.plugin(plugin, config, environment);
    }
}
