package io.netd.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import io.netd.address.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CniRequestTest {
    private static final String MINIMAL = "{'cniVersion': '1.0.0', 'name': 'net1', 'type': 'bridge'}";

    @Test
    void aWholeRequestIsRead() {
        CniRequest request =
                parse(Map.of("CNI_ARGS", "IgnoreUnknown=1;IP=10.1.2.3", "CNI_PATH", "/opt/cni/bin:/usr/lib/cni"), """
                {'cniVersion': '1.1.0', 'name': 'net1', 'type': 'bridge', 'bridge': 'br0',
                 'args': {'cni': {'ips': ['10.1.2.4/24'], 'mac': '02:00:00:00:00:01'}},
                 'runtimeConfig': {
                    'portMappings': [{'hostPort': 8080, 'containerPort': 80, 'protocol': 'TCP', 'hostIP': '127.0.0.1'}],
                    'ips': ['10.1.2.5'], 'mac': '02:00:00:00:00:02',
                    'ipRanges': [[{'subnet': '10.1.2.0/24', 'rangeEnd': '10.1.2.99'}]],
                    'bandwidth': {'ingressRate': 1000, 'ingressBurst': 4294967295},
                    'dns': {'servers': ['10.1.2.1'], 'searches': ['a.b']},
                    'aliases': ['web'], 'cgroupPath': '/x/y'}}
                """);

        assertThat(request.command()).isEqualTo(Command.ADD);
        assertThat(request.attachment()).contains(AttachmentId.of("c1", "eth0"));
        assertThat(request.netns()).contains("/run/netns/c1");
        assertThat(request.path()).containsExactly("/opt/cni/bin", "/usr/lib/cni");
        assertThat(request.args().get("IP")).contains("10.1.2.3");
        NetworkConfig config = request.config();
        assertThat(config.version()).isEqualTo(CniVersion.V1_1_0);
        assertThat(config.name()).isEqualTo(new NetworkName("net1"));
        assertThat(config.settings().text("bridge")).contains("br0");
        assertThat(config.args())
                .isEqualTo(new ConfigArgs(
                        List.of(RequestedIp.parse("10.1.2.4/24")), Optional.of(MacAddress.parse("02:00:00:00:00:01"))));
        assertThat(config.runtimeConfig())
                .isEqualTo(new RuntimeConfig(
                        List.of(new PortMap(8080, 8080, 80, Protocol.TCP, Optional.of(IpAddress.parse("127.0.0.1")))),
                        List.of(RequestedIp.parse("10.1.2.5")),
                        Optional.of(MacAddress.parse("02:00:00:00:00:02")),
                        List.of(List.of(new IpRange(
                                IpPrefix.parse("10.1.2.0/24"),
                                Optional.empty(),
                                Optional.of(IpAddress.parse("10.1.2.99")),
                                Optional.empty()))),
                        Optional.of(new Bandwidth(1000, 4294967295L, 0, 0)),
                        Optional.of(new CniDns(List.of("10.1.2.1"), Optional.empty(), List.of("a.b"), List.of())),
                        List.of("web"),
                        Optional.of("/x/y")));
    }

    @Test
    void containerdsCapitalKeysAreRead() {
        CniRequest request = parse(
                Map.of(),
                "{'cniVersion':'1.0.0','name':'n','type':'portmap','runtimeConfig':{'portMappings':"
                        + "[{'HostPort':8080,'ContainerPort':80,'Protocol':'udp','HostIP':''}]}}");

        assertThat(request.config().runtimeConfig().portMappings())
                .containsExactly(new PortMap(8080, 8080, 80, Protocol.UDP, Optional.empty()));
    }

    @Test
    void podmansAliasesAreRead() {
        CniRequest request = parse(
                Map.of(), "{'name': 'n', 'type': 'dnsname', 'runtimeConfig': {'aliases': {'n': ['web'], 'm': ['x']}}}");

        assertThat(request.config().runtimeConfig().aliases()).containsExactly("web");
    }

    @Test
    void allMissingVariablesAreNamedAtOnce() {
        assertThatThrownBy(() -> CniRequest.parse(Map.of("CNI_COMMAND", "ADD", "CNI_NETNS", ""), bytes(MINIMAL)))
                .hasMessage("required env variables [CNI_CONTAINERID, CNI_NETNS, CNI_IFNAME] missing for ADD")
                .satisfies(e -> assertThat(((CniException) e).code()).isEqualTo(4));
    }

    @Test
    void delNeedsNoNamespaceAndNoPath() {
        CniRequest request = parse(Map.of("CNI_COMMAND", "DEL", "CNI_NETNS", ""), MINIMAL);

        assertThat(request.netns()).isEmpty();
        assertThat(request.path()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CNI_COMMAND, add, 4, unknown CNI_COMMAND: \"add\"",
        "CNI_COMMAND, '', 4, required env variables [CNI_COMMAND] missing",
        "CNI_CONTAINERID, a/b, 4, 'CNI_CONTAINERID \"a/b\": invalid characters in containerID, or over 200'",
        "CNI_CONTAINERID, -a, 4, 'CNI_CONTAINERID \"-a\": invalid characters in containerID, or over 200'",
        "CNI_IFNAME, ., 4, 'CNI_IFNAME \".\": interface name is . or ..'",
        "CNI_IFNAME, a:b, 4, 'CNI_IFNAME \"a:b\": interface name contains / or : or whitespace characters'",
        "CNI_IFNAME, a b, 4, 'CNI_IFNAME \"a b\": interface name contains / or : or whitespace characters'",
        "CNI_IFNAME, eth%d, 4, 'CNI_IFNAME \"eth%d\": interface name contains %'",
        "CNI_IFNAME, abcdefghijklmnop, 4,"
                + " 'CNI_IFNAME \"abcdefghijklmnop\": interface name is too long (15 bytes at most)'",
        "CNI_ARGS, A, 4, 'CNI_ARGS: invalid pair \"A\"'",
        "CNI_ARGS, A=1;, 4, 'CNI_ARGS: invalid pair \"\"'",
        "CNI_ARGS, A=1=2, 4, 'CNI_ARGS: invalid pair \"A=1=2\"'",
        "CNI_ARGS, IgnoreUnknown=x, 4, 'CNI_ARGS: IgnoreUnknown=x is no boolean'",
    })
    void aWrongVariableIsNamed(String name, String value, int code, String message) {
        assertThatThrownBy(() -> parse(Map.of(name, value), MINIMAL))
                .hasMessage(message)
                .satisfies(e -> assertThat(((CniException) e).code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'cniVersion':'1.0.0'} | 7 | missing network name",
                "{'name':'a/b'} | 7 | name \"a/b\": invalid characters found in network name, or over 200",
                "{'name':'n','type':'../x'} | 7 | type \"../x\": a plugin's name holds no path separator",
                "{'name':'n','cniVersion':'9.9'} | 1"
                        + " | incompatible CNI versions: cniVersion \"9.9\" is not supported",
                "{'name':'n','prevResult':5} | 7 | prevResult 5: must be an object",
                "{'name':'n','runtimeConfig':{'portMappings':[{'hostPort':-1,'containerPort':1}]}} | 7"
                        + " | runtimeConfig.portMappings[0].hostPort -1: must be a whole number from 0 to 65535",
                "{'name':'n','runtimeConfig':{'portMappings':[{'hostPort':1}]}} | 7"
                        + " | runtimeConfig.portMappings[0].containerPort: missing",
                "{'name':'n','runtimeConfig':{'portMappings':[{'hostPort':1,'containerPort':1,'protocol':'icmp'}]}} | 7"
                        + " | runtimeConfig.portMappings[0].protocol \"icmp\": invalid protocol: icmp",
            })
    void aWrongConfigurationIsNamed(String config, int code, String message) {
        assertThatThrownBy(() -> parse(Map.of(), config))
                .hasMessage(message)
                .satisfies(e -> assertThat(((CniException) e).code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({"CHECK, 0.3.1", "STATUS, 1.0.0", "GC, 1.0.0"})
    void commandsAreGatedByVersion(String command, String version) {
        assertThatThrownBy(() -> parse(Map.of("CNI_COMMAND", command), MINIMAL.replace("1.0.0", version)))
                .hasMessage("cniVersion \"" + version + "\": config version does not allow " + command)
                .satisfies(e -> assertThat(((CniException) e).code()).isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cni.dev/valid-attachments", "cni.dev/attachments"})
    void gcReadsWhomToKeep(String key) {
        CniRequest request = parse(
                Map.of("CNI_COMMAND", "GC"),
                "{'cniVersion':'1.1.0','name':'n','type':'bridge','" + key
                        + "':[{'containerID':'c1','ifname':'eth0'}]}");

        assertThat(request.config().validAttachments()).containsExactly(AttachmentId.of("c1", "eth0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'containerID':'c1'}; ifname: is no interface's name",
                "{'containerID':'../c1','ifname':'eth0'}; containerID \"../c1\": is no container's id"
            })
    void whomToKeepIsNamedWhereItMakesNoSense(String attachment, String fault) {
        assertThatThrownBy(() -> parse(
                        Map.of("CNI_COMMAND", "GC"),
                        "{'cniVersion':'1.1.0','name':'n','cni.dev/valid-attachments':[" + attachment.replace('\'', '"')
                                + "]}"))
                .hasMessage("cni.dev/valid-attachments[0]." + fault)
                .satisfies(e -> assertThat(((CniException) e).code()).isEqualTo(7));
    }

    @Test
    void aMissingVersionIsTheFirst() {
        assertThat(parse(Map.of(), "{'name':'n'}").config().version()).isEqualTo(CniVersion.V0_1_0);
    }

    @Test
    void delForgivesAPreviousResultThatMakesNoSense() {
        CniRequest request = parse(
                Map.of("CNI_COMMAND", "DEL"),
                "{'cniVersion':'1.0.0','name':'n','prevResult':{'ips':5},'runtimeConfig':[],'args':7}");

        assertThat(request.config().prevResult()).isEmpty();
        assertThat(request.config().runtimeConfig()).isEqualTo(RuntimeConfig.EMPTY);
        assertThat(request.config().args()).isEqualTo(ConfigArgs.EMPTY);
    }

    @Test
    void unknownArgumentsAreRefusedUnlessTheCallerSaysOtherwise() {
        CniArgs args = CniArgs.parse("K8S_POD_NAME=a;IP=1.2.3.4");

        assertThatThrownBy(() -> args.requireKnown(java.util.Set.of("IP")))
                .hasMessage("CNI_ARGS: unknown args [\"K8S_POD_NAME=a\"]");
        CniArgs.parse("K8S_POD_NAME=a;IgnoreUnknown=1").requireKnown(java.util.Set.of());
    }

    @Test
    void aConfigurationCarriesTheResultOfThePluginBefore() {
        NetworkConfig config = parse(Map.of(), MINIMAL).config();
        CniResult result = ResultJsonTest.WHOLE;

        NetworkConfig next = config.withPrevResult(result);

        assertThat(NetworkConfig.read(Settings.parse(next.settings().toBytes())).prevResult())
                .contains(
                        ResultJson.read(Settings.parse(ResultJson.write(result, config.version())), config.version()));
    }

    @Test
    void aConfigurationIsReadOnceForEachCommandAndNeverMixedUp() {
        RecentConfigs configs = new RecentConfigs();
        byte[] json = bytes("{'cniVersion':'1.0.0','name':'n','type':'bridge','runtimeConfig':{'ips':['no address']}}");
        byte[] other =
                bytes("{'cniVersion':'1.0.0','name':'n','type':'bridge','runtimeConfig':{'ips':['10.0.0.9/8']}}");
        NetworkConfig lenient = configs.read(json, Command.DEL);

        assertThat(configs.read(json.clone(), Command.DEL)).isSameAs(lenient);
        assertThat(configs.read(other, Command.ADD).runtimeConfig().ips()).hasSize(1);
        assertThatThrownBy(() -> configs.read(json, Command.ADD)).isInstanceOf(CniException.class);
        assertThatThrownBy(() -> configs.read(json, Command.ADD)).isInstanceOf(CniException.class);
        for (int i = 0; i < 100; i++) {
            configs.read(bytes("{'cniVersion':'1.0.0','name':'n" + i + "','type':'bridge'}"), Command.ADD);
        }
        assertThat(configs.read(json, Command.DEL)).isNotSameAs(lenient).isEqualTo(lenient);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}{}                | something follows the object at line 1, column 3",
                "{\"a\":[}            | (for Array starting at line: 1, column: 6) at line 1, column 7",
                "{/*}                | maybe a (non-standard) comment? at line 1, column 2",
            })
    void brokenJsonIsToldWithoutTheParsersWords(String json, String told) {
        assertThatThrownBy(() -> parse(Map.of(), json))
                .hasMessageStartingWith("error unmarshall network config: ")
                .hasMessageContaining(told)
                .message()
                .doesNotContain("Feature", "marker at", "`");
    }

    @Test
    void aMegabyteIsNotRepeatedInAMessage() {
        String version = "9".repeat(1 << 19);

        assertThatThrownBy(() -> parse(Map.of(), "{'cniVersion':'" + version + "'}"))
                .message()
                .hasSizeLessThan(2000)
                .endsWith("...");
    }

    private static CniRequest parse(Map<String, String> changes, String json) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CNI_COMMAND", "ADD", "CNI_CONTAINERID", "c1", "CNI_NETNS", "/run/netns/c1", "CNI_IFNAME", "eth0"));
        environment.putAll(changes);
        return CniRequest.parse(environment, bytes(json));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
