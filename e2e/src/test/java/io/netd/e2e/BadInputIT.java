package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes no sense gets one message that names it and the right code, and leaves the host as it was. */
class BadInputIT extends NetdTestBase {
    private static final int INVALID_ENVIRONMENT = 4;
    private static final int UNDECODABLE = 6;
    private static final int INVALID_CONFIG = 7;
    private static final int PORT_TAKEN = 101;
    private static final String CONFIG = """
            {"cniVersion":"1.0.0","name":"bad","type":"bridge","bridge":"cni-bad0","isDefaultGateway":true,"ipMasq":true,
             "ipam":{"type":"host-local","dataDir":"/run/leases",%s}}
            """;

    @BeforeEach
    void makeANamespace() {
        host.run("ip", "netns", "add", "pod").ok();
        host.run("ip", "netns", "add", "other").ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        String leftovers = host.sh("ip -o link | grep cni-bad0; nft list ruleset | grep -F 10.31.;"
                        + " ip -n pod -o link | grep -v ' lo:'; find /run/leases -name '10.*'")
                .out();
        host.run("ip", "netns", "del", "pod");
        host.run("ip", "netns", "del", "other");
        host.run("rm", "-rf", "/run/leases");
        super.hostIsAsBefore();
        assertThat(leftovers).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"cniVersion\":\"1.0.0\",\"name\":\"bad\",\"type\":\"bridge\"}}"})
    void brokenJson(String input) {
        refused(call("bridge", input), UNDECODABLE, "");
    }

    @Test
    void moreThanAMebibyte() {
        String input = CONFIG.formatted("\"subnet\":\"10.31.0.0/24\"");

        refused(call("bridge", input + " ".repeat(1 << 20)), UNDECODABLE, "1048576 bytes");
    }

    @Test
    void deeplyNestedJson() {
        refused(call("bridge", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)), UNDECODABLE, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"subnet\":\"10.31.0.0/31\"                          | 10.31.0.0/31",
                "\"subnet\":\"10.31.0.0/32\"                          | 10.31.0.0/32",
                "\"subnet\":\"10.31.0.999/24\"                        | 10.31.0.999",
                "\"subnet\":\"10.31.0.0/24\",\"rangeStart\":\"10.99.0.1\" | 10.99.0.1",
            })
    void subnetsThatCannotBe(String ipam, String named) {
        refused(call("bridge", CONFIG.formatted(ipam)), INVALID_CONFIG, named);
    }

    @Test
    void anAddressOutsideTheSubnet() {
        String config = CONFIG.formatted("\"subnet\":\"10.31.0.0/24\"");

        JsonNode error = error(call("bridge", config, Map.of("CNI_ARGS", "IP=10.99.0.7")));

        assertThat(error.at("/msg").asText()).contains("10.99.0.7");
    }

    /** host-local takes any gateway; it is the kernel that cannot reach it. */
    @Test
    void aGatewayOutsideTheSubnet() {
        String config = CONFIG.formatted("\"subnet\":\"10.31.0.0/24\",\"gateway\":\"10.99.0.1\"");

        assertThat(error(call("bridge", config)).at("/msg").asText()).contains("10.99.0.1");
    }

    @Test
    void aFullSubnet() {
        String config = CONFIG.formatted("\"subnet\":\"10.31.0.0/30\"");
        call("bridge", config).ok();

        JsonNode error =
                error(call("bridge", config, Map.of("CNI_CONTAINERID", "bad2", "CNI_NETNS", "/run/netns/other")));

        assertThat(error.at("/msg").asText()).contains("10.31.0.");
        assertThat(host.sh("ip -n other -o link").ok().lines()).hasSize(1);
        call("bridge", config, Map.of("CNI_COMMAND", "DEL")).ok();
        host.run("ip", "link", "del", "cni-bad0").ok();
    }

    @Test
    void aNamespaceThatIsGone() {
        String config = CONFIG.formatted("\"subnet\":\"10.31.0.0/24\"");

        JsonNode error = error(call("bridge", config, Map.of("CNI_NETNS", "/run/netns/gone")));

        assertThat(error.at("/msg").asText()).contains("/run/netns/gone");
        error = error(call("bridge", config, Map.of("CNI_NETNS", "/etc/passwd")));
        assertThat(error.at("/msg").asText()).contains("/etc/passwd").contains("not a network namespace");
    }

    @ParameterizedTest
    @CsvSource({
        "CNI_IFNAME,eth0123456789abcd",
        "CNI_IFNAME,a/b",
        "CNI_IFNAME,..",
        "CNI_CONTAINERID,-bad",
        "CNI_CONTAINERID,../../etc",
        "CNI_COMMAND,MOVE"
    })
    void namesThatAreNone(String variable, String value) {
        String config = CONFIG.formatted("\"subnet\":\"10.31.0.0/24\"");

        refused(call("bridge", config, Map.of(variable, value)), INVALID_ENVIRONMENT, value);
    }

    @Test
    void anInterfaceThatExists() {
        host.sh("ip -n pod link add eth0 type bridge").ok();

        JsonNode error = error(call("bridge", CONFIG.formatted("\"subnet\":\"10.31.0.0/24\"")));

        assertThat(error.at("/msg").asText()).contains("eth0").contains("exist");
        assertThat(host.sh("ip -n pod -d link show dev eth0").ok()).contains("bridge forward_delay");
        host.sh("ip -n pod link del eth0").ok();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bridge | \"bridge\":\"bridge0123456789\" | bridge0123456789",
                "bridge | \"mtu\":\"much\" | much",
                "bridge | \"ipam\":{\"type\":\"moon\"} | moon",
                "bridge | \"cniVersion\":\"9.0.0\" | 9.0.0",
                "container | \"container\":\"nobody\" | nobody",
            })
    void configurationsThatCannotBe(String plugin, String more, String named) {
        String version = more.contains("cniVersion") ? "" : "\"cniVersion\":\"1.0.0\",";

        JsonNode error =
                error(call(plugin, "{%s\"name\":\"bad\",\"type\":\"%s\",%s}".formatted(version, plugin, more)));

        assertThat(error.at("/msg").asText() + error.at("/details").asText()).contains(named);
    }

    @Test
    void aHostPortThatAProcessHas() {
        Process other = host.start("busybox", "nc", "-l", "-p", "8077");
        host.sh("until ss -ltn | grep -q :8077; do :; done").ok();
        String config = CONFIG.formatted("\"subnet\":\"10.31.0.0/24\"");
        String result = call("bridge", config).ok();

        JsonNode error = error(call("portmap", """
                {"cniVersion":"1.0.0","name":"bad","type":"portmap","prevResult":%s,
                 "runtimeConfig":{"portMappings":[{"hostPort":8077,"containerPort":80,"protocol":"tcp"}]}}
                """.formatted(result)));

        other.destroy();
        call("bridge", config, Map.of("CNI_COMMAND", "DEL")).ok();
        host.run("ip", "link", "del", "cni-bad0").ok();
        assertThat(error.at("/code").asInt()).isEqualTo(PORT_TAKEN);
        assertThat(error.at("/msg").asText()).contains("8077").contains("busybox");
        host.sh("while ss -ltn | grep -q :8077; do :; done").ok();
    }

    @Test
    void portsInUseAreRefusedWithTheirHolder() {
        runDetached("--name", "holder", "-p", "8076:80", IMAGE, "sleep", "1000");
        Process other = host.start("busybox", "nc", "-l", "-p", "8075");
        host.sh("until ss -ltn | grep -q :8075; do :; done").ok();

        netctlRefuses("holder", "run", "-d", "-p", "8076:80", IMAGE, "sleep", "1000");
        netctlRefuses("busybox", "run", "-d", "-p", "8075:80", IMAGE, "sleep", "1000");

        other.destroy();
        host.sh("while ss -ltn | grep -q :8075; do :; done").ok();
    }

    @Test
    void targetsAndImagesThatAreNot() {
        host.netctl("run", "--name", "dead", IMAGE, "true").ok();

        netctlRefuses("dead", "run", "--rm", "--net", "container:dead", IMAGE, "true");
        netctlRefuses("nobody", "run", "--rm", "--net", "container:nobody", IMAGE, "true");
        netctlRefuses("moon", "run", "--rm", "--net", "moon", IMAGE, "true");
        netctlRefuses("no-such-image", "run", "--rm", "no-such-image", "true");
        netctlRefuses("a/b", "run", "--rm", "--name", "a/b", IMAGE, "true");
        netctlRefuses("99999", "run", "--rm", "-p", "99999:80", IMAGE, "true");
        netctlRefuses("eighty", "run", "--rm", "-p", "8080:eighty", IMAGE, "true");
    }

    private void netctlRefuses(String named, String... words) {
        Output output = host.netctl(words);
        assertThat(output.exitCode()).as(output.err()).isEqualTo(125);
        assertThat(output.err()).contains(named).doesNotContain("Exception").doesNotContain("\tat ");
    }

    private void refused(Output output, int code, String named) {
        JsonNode error = error(output);
        assertThat(error.at("/code").asInt()).as(output.out()).isEqualTo(code);
        assertThat(error.at("/msg").asText() + error.at("/details").asText()).contains(named);
    }

    private JsonNode error(Output output) {
        assertThat(output.exitCode()).as(output.out()).isEqualTo(1);
        assertThat(output.err()).isEmpty();
        JsonNode error = json(output.out());
        assertThat(error.at("/code").asInt()).as(output.out()).isPositive();
        assertThat(error.at("/msg").asText()).isNotEmpty().doesNotContain("Exception");
        return error;
    }

    private Output call(String plugin, String config) {
        return call(plugin, config, Map.of());
    }

    private Output call(String plugin, String config, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of("CNI_COMMAND", "ADD"));
        environment.putAll(more);
        return host.plugin(Host.ours(plugin), config, environment);
    }
}
