package io.netd.cni;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes in, the answer is a value or a {@link CniException}. */
class CniRequestFuzzTest {
    private static final String WHOLE = """
            {"cniVersion":"1.1.0","name":"n","type":"bridge","bridge":"b0","mtu":1500,
             "ipam":{"type":"host-local","ranges":[[{"subnet":"10.1.2.0/24"}]],"routes":[{"dst":"0.0.0.0/0"}]},
             "args":{"cni":{"ips":["10.1.2.3"],"mac":"02:00:00:00:00:01"}},
             "runtimeConfig":{"portMappings":[{"hostPort":80,"containerPort":80,"protocol":"tcp","hostIP":"::1"}],
              "ipRanges":[[{"subnet":"10.1.2.0/24"}]],"aliases":["a"],"bandwidth":{"ingressRate":1}},
             "prevResult":{"cniVersion":"1.1.0","interfaces":[{"name":"eth0","mac":"02:00:00:00:00:01","mtu":5}],
              "ips":[{"address":"10.1.2.3/24","gateway":"10.1.2.1","interface":0}],"routes":[{"dst":"::/0"}],"dns":{}},
             "cni.dev/valid-attachments":[{"containerID":"c","ifname":"e"}]}
            """;

    private static final List<String> KEYS = List.of(
            "cniVersion",
            "name",
            "type",
            "prevResult",
            "runtimeConfig",
            "args",
            "cni",
            "ips",
            "mac",
            "routes",
            "dns",
            "portMappings",
            "HostPort",
            "containerPort",
            "protocol",
            "hostIP",
            "ipRanges",
            "subnet",
            "interfaces",
            "address",
            "interface",
            "aliases",
            "bandwidth",
            "cni.dev/valid-attachments",
            "containerID",
            "ifname",
            "x");

    private static final List<Object> SCALARS = List.of(
            "",
            "1.1.0",
            "0.1.0",
            "n",
            "10.1.2.3/24",
            "::1",
            "eth0",
            "tcp",
            "02:00:00:00:00:01",
            "\u0000",
            "\ud800",
            true,
            0,
            1,
            -1,
            70000,
            Long.MAX_VALUE);

    @Property(tries = 800)
    void anyBytes(@ForAll byte[] stdin, @ForAll Command command) {
        answer(command, Map.of(), stdin);
    }

    @Property(tries = 800)
    void aRequestWithSomeBytesChanged(
            @ForAll("changes") List<Integer> changes, @ForAll Command command, @ForAll byte with) {
        byte[] stdin = WHOLE.getBytes(StandardCharsets.UTF_8);
        changes.forEach(at -> stdin[at % stdin.length] = with);
        answer(command, Map.of(), stdin);
    }

    @Property(tries = 800)
    void anyValuesUnderKnownKeys(@ForAll("objects") Object settings, @ForAll Command command) {
        answer(
                command,
                Map.of(),
                Settings.of(Map.of("name", "n")).with("runtimeConfig", settings).toBytes());
        answer(
                command,
                Map.of(),
                Settings.of(Map.of("name", "n")).with("prevResult", settings).toBytes());
        answer(command, Map.of(), SettingsTree.node(settings).toString().getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 500)
    void anyEnvironment(@ForAll String id, @ForAll String ifName, @ForAll String args, @ForAll String netns) {
        Map<String, String> environment =
                Map.of("CNI_CONTAINERID", id, "CNI_IFNAME", ifName, "CNI_ARGS", args, "CNI_NETNS", netns);
        answer(Command.ADD, environment, WHOLE.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(Command command, Map<String, String> changes, byte[] stdin) {
        Map<String, String> environment = new HashMap<>(
                Map.of("CNI_COMMAND", command.name(), "CNI_CONTAINERID", "c", "CNI_NETNS", "/n", "CNI_IFNAME", "eth0"));
        environment.putAll(changes);
        VersionJson.write(stdin);
        try {
            NetworkConfig config = CniRequest.parse(environment, stdin).config();
            config.prevResult().ifPresent(result -> {
                ResultJson.write(result, CniVersion.LATEST);
                config.withPrevResult(result);
            });
        } catch (CniException e) {
            ErrorJson.write(e, CniVersion.LATEST);
        }
    }

    @Provide
    Arbitrary<List<Integer>> changes() {
        return Arbitraries.integers()
                .between(0, WHOLE.length() - 1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<Object> objects() {
        return object(4);
    }

    private static Arbitrary<Object> object(int depth) {
        return Arbitraries.maps(Arbitraries.of(KEYS), value(depth)).ofMaxSize(8).map(map -> map);
    }

    private static Arbitrary<Object> value(int depth) {
        Arbitrary<Object> scalar = Arbitraries.of(SCALARS);
        if (depth == 0) {
            return scalar;
        }
        return Combinators.combine(Arbitraries.integers().between(0, 3), Arbitraries.create(() -> depth))
                .flatAs((kind, deep) -> switch (kind) {
                    case 0 -> object(deep - 1);
                    case 1 -> value(deep - 1).list().ofMaxSize(3).map(list -> list);
                    default -> scalar;
                });
    }
}
