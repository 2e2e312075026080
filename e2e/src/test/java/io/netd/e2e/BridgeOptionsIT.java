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

/** The options of {@code bridge} beside Debian's reference plugin: the same result, the same effect, and nothing left. */
class BridgeOptionsIT extends NetdTestBase {
    private static final String REFERENCE = "/usr/lib/cni/bridge";
    private static final String OURS = Host.ours("bridge");
    private static final String IPV4 =
            ",\"ipam\":{\"type\":\"host-local\",\"dataDir\":\"/run/leases\",\"subnet\":\"10.35.0.0/24\"}";
    private static final String DUAL = ",\"ipam\":{\"type\":\"host-local\",\"dataDir\":\"/run/leases\","
            + "\"ranges\":[[{\"subnet\":\"10.35.0.0/24\"}],[{\"subnet\":\"fd35::/64\"}]]}";

    /** What of a host and a container the plugin decides. Not keep_addr_on_down: Debian's plugin is older than that. */
    private static final String EFFECT = """
            inside() { ip netns exec pod "$@"; }
            port=$(ip -o link show master cni-opt0 | sed -E 's/^[0-9]+: ([^@:]*).*/\\1/')
            ip -j -d link show cni-opt0 | jq -c '.[]|[.mtu,.linkinfo.info_kind,(.flags|contains(["PROMISC"])),(.flags|contains(["UP"]))]'
            ip -j address show cni-opt0 | jq -c '[.[].addr_info[]|select(.scope=="global")|"\\(.local)/\\(.prefixlen)"]|sort'
            bridge -j -d link show dev $port | jq -c '.[]|[.mtu,.hairpin,.isolated,(.flags|contains(["UP"]))]'
            cat /proc/sys/net/ipv6/conf/cni-opt0/accept_ra /proc/sys/net/ipv6/conf/$port/accept_ra
            inside ip -j address show eth0 | jq -c '.[]|[.mtu,.address,(.flags|contains(["UP"]))]'
            inside ip -j address show eth0 | jq -c '[.[].addr_info[]|select(.scope=="global")|"\\(.local)/\\(.prefixlen) \\(.tentative)"]|sort'
            inside ip route; inside ip -6 route | grep -v fe80
            inside cat /proc/sys/net/ipv6/conf/eth0/disable_ipv6 /proc/sys/net/ipv4/conf/eth0/arp_notify
            inside ip -j -6 address show eth0 | jq -e '.[].addr_info|any(.scope=="global")' >/dev/null &&
                inside sh -c 'cd /proc/sys/net/ipv6/conf/eth0; cat accept_dad enhanced_dad'
            nft list ruleset bridge
            """;

    /** The host forwards already: what netd notes down to give it back stays until it is uninstalled. */
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
        call(OURS, "DEL", config(""), Map.of("CNI_NETNS", ""));
        host.run("ip", "netns", "del", "pod");
        cleanAfterTheReference();
        super.hostIsAsBefore();
    }

    /** What it leaves by design: its bridge and its table. */
    private void cleanAfterTheReference() {
        host.run("ip", "link", "del", "cni-opt0");
        host.run("nft", "delete", "table", "bridge", "nat");
        host.run("rm", "-rf", "/run/leases");
    }

    private static String config(String options) {
        return "{\"cniVersion\":\"1.0.0\",\"name\":\"opt\",\"type\":\"bridge\",\"bridge\":\"cni-opt0\"" + options + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "DUAL | ,\"isDefaultGateway\":true                                 | -",
                "DUAL | ,\"isGateway\":true                                        | -",
                "DUAL | ,\"hairpinMode\":true,\"mtu\":1400                         | -",
                "IPV4 | ,\"promiscMode\":true                                      | -",
                "DUAL | ,\"enabledad\":true,\"isGateway\":true                     | -",
                "DUAL | ,\"enabledad\":false                                       | -",
                "IPV4 | ,\"macspoofchk\":true,\"isGateway\":true                   | -",
                "NONE | ,\"macspoofchk\":true                                      | -",
                "NONE | ,\"isDefaultGateway\":true                                 | -",
                "IPV4 | ,\"dns\":{\"nameservers\":[\"192.0.2.1\"],\"domain\":\"d\"} | -",
                "IPV4 | ,\"dns\":{\"search\":[]}                                   | -",
                "IPV4 | ,\"isGateway\":true,\"forceAddress\":true                  | 10.99.0.1/24",
                "DUAL | ,\"isGateway\":true,\"forceAddress\":true                  | fd35::9/48",
                "DUAL | ,\"isGateway\":true                                        | fd36::1/64",
                "NONE | ,\"args\":{\"cni\":{\"mac\":\"02:00:00:00:00:02\"}}        | -",
                "NONE | ,\"runtimeConfig\":{\"mac\":\"02:00:00:00:00:01\"},\"args\":{\"cni\":{\"mac\":\"02:00:00:00:00:02\"}} | -",
                "NONE |                                                            | -",
            })
    void itDoesWhatTheReferenceDoes(String addresses, String options, String present) {
        String config = config((options == null ? "" : options) + ipam(addresses));
        makeABridge(present);
        JsonNode reference = result(call(REFERENCE, "ADD", config).ok());
        String effect = effect();
        call(REFERENCE, "DEL", config).ok();
        cleanAfterTheReference();
        makeABridge(present);

        String answer = call(OURS, "ADD", config).ok();

        assertThat(result(answer)).isEqualTo(reference);
        assertThat(effect()).isEqualTo(effect).contains("\"bridge\"");
        String chained = config.replaceFirst("}$", ",\"prevResult\":" + answer + "}");
        call(OURS, "CHECK", chained).ok();
        call(OURS, "DEL", chained).ok();
        assertNothingButTheBridgeIsLeft();
    }

    private void makeABridge(String address) {
        if (address != null) {
            host.sh(
                            "ip link add cni-opt0 address 02:00:00:00:00:35 type bridge; sysctl -qw net.ipv6.conf.cni-opt0.accept_ra=0;"
                                    + " ip address add " + address + " dev cni-opt0 nodad")
                    .ok();
        }
    }

    private void assertNothingButTheBridgeIsLeft() {
        assertThat(host.sh(
                                "ip -o link show master cni-opt0; ip -n pod -o link | grep -v ' lo:'; nft list ruleset bridge;"
                                        + " ls /run/leases/opt 2>/dev/null | grep -E '^(10|fd)'")
                        .out())
                .isEmpty();
    }

    private static String ipam(String addresses) {
        return switch (addresses) {
            case "DUAL" -> DUAL;
            case "IPV4" -> IPV4;
            default -> "";
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                ",\"hairpinMode\":true,\"promiscMode\":true                    | hairpin",
                ",\"isGateway\":true" + IPV4
                        + "                               | already has an IP address different from 10.35.0.1/24",
                ",\"vlan\":4095                                                | 4094",
                ",\"bridge\":\"uplink\"                                        | \"uplink\" already exists but is not a bridge",
                ",\"cniVersion\":\"0.2.0\"                                     | ",
                ",\"runtimeConfig\":{\"mac\":\"no\"}                           | ",
            })
    void itRefusesWhatTheReferenceRefuses(String options, String words) {
        makeABridge("10.99.0.1/24");
        String before = host.sh("ip -o link; ip -o address; nft list ruleset").ok();
        for (String plugin : new String[] {REFERENCE, OURS}) {
            Output output = call(plugin, "ADD", config(options));
            assertThat(output.exitCode()).as(output.out()).isEqualTo(1);
            assertThat(json(output.out()).at("/msg").asText()).contains(words == null ? "" : words);
            if (plugin.equals(REFERENCE)) {
                call(REFERENCE, "DEL", config(options));
                cleanAfterTheReference();
                makeABridge("10.99.0.1/24");
                before = host.sh("ip -o link; ip -o address; nft list ruleset").ok();
            }
        }
        assertThat(lasting(
                        host.sh("ip -o link; ip -o address; nft list ruleset").ok()))
                .isEqualTo(lasting(before));
    }

    /** Without the state of a carrier: a bridge that was found down is up now. */
    private static String lasting(String photograph) {
        return photograph.replaceAll("<[^>]*>|state [A-Z]+|qdisc [a-z]+|.*inet6 fe80.*\n|tentative", "");
    }

    @Test
    void theMacOfCniArgsCountsLeast() {
        Map<String, String> arguments = Map.of("CNI_ARGS", "IgnoreUnknown=1;MAC=02:00:00:00:00:03");
        for (String plugin : new String[] {REFERENCE, OURS}) {
            call(plugin, "ADD", config(""), arguments).ok();
            assertThat(mac()).isEqualTo("02:00:00:00:00:03");
            call(plugin, "DEL", config("")).ok();
            String other = config(",\"args\":{\"cni\":{\"mac\":\"02:00:00:00:00:02\"}}");
            call(plugin, "ADD", other, arguments).ok();
            assertThat(mac()).isEqualTo("02:00:00:00:00:02");
            call(plugin, "DEL", other).ok();
        }
    }

    private String mac() {
        return json(host.sh("ip -n pod -j link show eth0").ok())
                .at("/0/address")
                .asText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"portIsolation\":true" + IPV4,
                ",\"macspoofchk\":true" + IPV4,
                ",\"disableContainerInterface\":true"
            })
    void delWorksFromTheJournalAlone(String options) {
        call(OURS, "ADD", config(options)).ok();
        daemon.kill();
        daemon = Daemon.start(host, options());
        host.run("ip", "netns", "del", "pod").ok();
        host.run("ip", "netns", "add", "pod").ok();

        call(OURS, "DEL", config(""), Map.of("CNI_NETNS", "")).ok();

        assertNothingButTheBridgeIsLeft();
    }

    @Test
    void aDaemonThatIsKilledLeavesNoRules() throws Exception {
        String config = config(",\"macspoofchk\":true,\"isGateway\":true" + DUAL);
        for (int millis = 0; millis <= 20; millis += 4) {
            Process caller = host.startPlugin(OURS, config, Map.of("CNI_COMMAND", "ADD"));
            // The instant of the kill is what varies; nothing is waited for.
            Thread.sleep(millis);
            daemon.kill();
            caller.waitFor();
            daemon = Daemon.start(host, options());
            call(OURS, "DEL", config).ok();
            assertNothingButTheBridgeIsLeft();
        }
    }

    @Test
    void rulesThatSomebodyDeletedComeBackWithTheDaemon() {
        call(OURS, "ADD", config(",\"macspoofchk\":true" + IPV4)).ok();
        String rules = host.sh("nft list ruleset bridge").ok();
        daemon.terminate();
        host.run("nft", "delete", "table", "bridge", "nat").ok();
        daemon = Daemon.start(host, options());
        assertThat(host.sh("nft list ruleset bridge").ok()).isEqualTo(rules).contains("drop");
        call(OURS, "DEL", config("")).ok();
        assertNothingButTheBridgeIsLeft();
    }

    @Test
    void whatTheReferenceMadeIsRemovedByOurs() {
        String config = config(",\"macspoofchk\":true" + IPV4);
        call(REFERENCE, "ADD", config).ok();
        call(OURS, "DEL", config).ok();
        assertThat(host.sh("nft list ruleset bridge").ok()).doesNotContain("pod1");
        assertThat(host.sh("ip -o link show master cni-opt0").ok()).isEmpty();
    }

    @Test
    void gcTakesTheRulesOfWhatIsNotValid() {
        String config = config(",\"macspoofchk\":true" + IPV4).replace("1.0.0", "1.1.0");
        call(OURS, "ADD", config).ok();
        call(OURS, "GC", config.replaceFirst("}$", ",\"cni.dev/valid-attachments\":[]}"))
                .ok();
        assertNothingButTheBridgeIsLeft();
    }

    private String effect() {
        return fixed(host.sh(EFFECT).out());
    }

    private JsonNode result(String text) {
        ObjectNode result = (ObjectNode) json(fixed(text));
        result.properties()
                .removeIf(
                        entry -> entry.getValue().isEmpty() && entry.getValue().isContainerNode());
        return result;
    }

    /** Without what is made up by chance, and our mark. */
    private static String fixed(String text) {
        return text.replaceAll("veth[0-9a-f]{8}", "veth")
                .replaceAll("(?!02:00:00:00:00)[0-9a-f]{2}(:[0-9a-f]{2}){5}", "MAC")
                .replaceAll("\\s*comment \"made by netd\"", "");
    }

    private Output call(String plugin, String command, String config) {
        return call(plugin, command, config, Map.of());
    }

    private Output call(String plugin, String command, String config, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of("CNI_COMMAND", command, "CNI_PATH", "/usr/lib/cni"));
        environment.putAll(more);
        return host.plugin(plugin, config, environment);
    }
}
