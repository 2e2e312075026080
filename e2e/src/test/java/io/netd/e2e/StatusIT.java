package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** STATUS while something is broken for real: 50 where an ADD would fail, 51 where containers suffer already. */
class StatusIT extends NetdTestBase {
    private static final int NOT_AVAILABLE = 50;
    private static final int CONTAINERS_SUFFER = 51;
    private static final int PORTS = 1023;
    private static final String BRIDGE = """
            {"cniVersion":"1.1.0","name":"watched","type":"bridge","bridge":"cni-st0","isDefaultGateway":true,"ipMasq":true,
             "ipam":{"type":"host-local","subnet":"10.37.0.0/24","rangeEnd":"10.37.0.%s","dataDir":"/run/leases"}}
            """;
    private static final String PORTMAP = """
            {"cniVersion":"1.1.0","name":"watched","type":"portmap",
             "runtimeConfig":{"portMappings":[{"hostPort":8071,"containerPort":80,"protocol":"tcp"}]}%s}
            """;

    private final String roomy = BRIDGE.formatted("200");

    @BeforeEach
    void makeANamespace() {
        host.run("ip", "netns", "add", "pod").ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        call("portmap", "DEL", PORTMAP.formatted("")).ok();
        call("bridge", "DEL", roomy).ok();
        host.run("ip", "netns", "del", "pod");
        host.run("ip", "link", "del", "cni-st0");
        host.run("rm", "-rf", "/run/leases");
        super.hostIsAsBefore();
    }

    @Test
    void aNetworkWithoutContainersIsReadyWhateverItsBridgeIs() {
        call("bridge", "STATUS", roomy).ok();
        host.run("ip", "link", "add", "cni-st0", "type", "bridge").ok();
        assertThat(call("bridge", "STATUS", roomy).ok()).isEmpty();
    }

    @Test
    void aNameThatIsNoBridgeCannotServe() {
        host.run("ip", "link", "add", "cni-st0", "type", "veth").ok();
        refused(call("bridge", "STATUS", roomy), NOT_AVAILABLE, "cni-st0");
    }

    @Test
    void anExhaustedPoolCannotServe() {
        String tight = BRIDGE.formatted("2");
        call("bridge", "STATUS", tight).ok();
        call("host-local", "STATUS", tight).ok();
        call("bridge", "ADD", tight).ok();
        refused(call("bridge", "STATUS", tight), NOT_AVAILABLE, "10.37.0.");
        refused(call("host-local", "STATUS", tight), NOT_AVAILABLE, "10.37.0.");
        call("bridge", "DEL", tight).ok();
        call("bridge", "STATUS", tight).ok();
    }

    @Test
    void aBridgeWithoutAFreePortCannotServe() {
        call("bridge", "ADD", roomy).ok();
        call("bridge", "STATUS", roomy).ok();
        host.sh("for i in $(seq " + (PORTS - 1) / 2 + "); do for end in a b; do"
                        + " [ $end = b ] || echo link add a$i group 77 type veth peer name b$i group 77;"
                        + " echo link set $end$i master cni-st0; done; done | ip -batch -")
                .ok();
        refused(call("bridge", "STATUS", roomy), NOT_AVAILABLE, "1023 ports");
        host.run("ip", "netns", "add", "late").ok();
        Output late = host.plugin(
                Host.ours("bridge"),
                roomy,
                Map.of("CNI_COMMAND", "ADD", "CNI_CONTAINERID", "late", "CNI_NETNS", "/run/netns/late"));
        host.run("ip", "netns", "del", "late").ok();
        host.run("ip", "link", "del", "group", "77").ok();
        assertThat(late.exitCode()).as("an ADD fails, too").isEqualTo(1);
        call("bridge", "STATUS", roomy).ok();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip link set cni-st0 down | ip link set cni-st0 up | cni-st0 is down",
                "ip address del 10.37.0.1/24 dev cni-st0 | ip address add 10.37.0.1/24 dev cni-st0 | 10.37.0.1/24",
                "sysctl -qw net.ipv4.ip_forward=0 | sysctl -qw net.ipv4.ip_forward=1 | net/ipv4/ip_forward",
                "iptables -t nat -D POSTROUTING -s 10.37.0.0/24 ! -o cni-st0 -j MASQUERADE"
                        + " | iptables -t nat -A POSTROUTING -s 10.37.0.0/24 ! -o cni-st0 -j MASQUERADE | MASQUERADE",
            })
    void whatContainersNeedIsMissed(String breaking, String mending, String named) {
        call("bridge", "ADD", roomy).ok();
        call("bridge", "STATUS", roomy).ok();
        withoutADaemon(() -> {
            host.sh(breaking).ok();
            refused(call("bridge", "STATUS", roomy), CONTAINERS_SUFFER, named);
            host.sh(mending).ok();
            call("bridge", "STATUS", roomy).ok();
        });
    }

    @Test
    void aBridgeThatIsGoneIsMissed() {
        call("bridge", "ADD", roomy).ok();
        host.run("ip", "link", "del", "cni-st0").ok();
        refused(call("bridge", "STATUS", roomy), CONTAINERS_SUFFER, "bridge cni-st0 is missing");
        call("bridge", "DEL", roomy).ok();
        call("bridge", "STATUS", roomy).ok();
    }

    @Test
    void aPublishedPortsRulesAreMissedByPortmap() {
        String result = call("bridge", "ADD", roomy).ok();
        call("portmap", "STATUS", PORTMAP.formatted("")).ok();
        call("portmap", "ADD", PORTMAP.formatted(",\"prevResult\":" + result)).ok();
        call("portmap", "STATUS", PORTMAP.formatted("")).ok();
        String rule = " -p tcp --dport 8071 -j DNAT --to-destination 10.37.0.2:80";
        withoutADaemon(() -> {
            host.sh("iptables -t nat -D NETD" + rule).ok();
            refused(call("portmap", "STATUS", PORTMAP.formatted("")), CONTAINERS_SUFFER, "--dport 8071");
            call("bridge", "STATUS", roomy).ok();
        });
    }

    private void refused(Output output, int code, String named) {
        assertThat(output.exitCode()).as(output.out()).isEqualTo(1);
        JsonNode error = json(output.out());
        assertThat(error.at("/code").asInt()).as(output.out()).isEqualTo(code);
        assertThat(error.at("/msg").asText()).contains(named);
    }

    private Output call(String plugin, String command, String config) {
        return host.plugin(Host.ours(plugin), config, Map.of("CNI_COMMAND", command));
    }
}
