package io.netd.cni;

import io.netd.address.testing.Generated;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

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

    private static final List<Command> COMMANDS = List.of(Command.values());

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

    @Test
    void anyBytes() {
        Generated.times(1000, random -> {
            byte[] stdin = Generated.bytes(random, Generated.integer(random, 0, 300));
            answer(Generated.one(random, COMMANDS), Map.of(), stdin);
        });
    }

    @Test
    void aRequestWithSomeBytesChanged() {
        Generated.times(2000, random -> {
            byte[] stdin = WHOLE.getBytes(StandardCharsets.UTF_8);
            byte with = (byte) random.nextInt();
            for (int i = random.nextInt(5); i >= 0; i--) {
                stdin[random.nextInt(stdin.length)] = with;
            }
            answer(Generated.one(random, COMMANDS), Map.of(), stdin);
        });
    }

    @Test
    void anyValuesUnderKnownKeys() {
        Generated.times(1000, random -> {
            Object settings = object(random, 4);
            Command command = Generated.one(random, COMMANDS);
            Settings named = Settings.of(Map.of("name", "n"));
            answer(command, Map.of(), named.with("runtimeConfig", settings).toBytes());
            answer(command, Map.of(), named.with("prevResult", settings).toBytes());
            answer(command, Map.of(), SettingsTree.node(settings).toString().getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void anyEnvironment() {
        Generated.times(1000, random -> {
            Map<String, String> environment = new HashMap<>();
            for (String variable : List.of("CNI_CONTAINERID", "CNI_IFNAME", "CNI_ARGS", "CNI_NETNS")) {
                environment.put(variable, Generated.text(random, 40));
            }
            answer(Command.ADD, environment, WHOLE.getBytes(StandardCharsets.UTF_8));
        });
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

    private static Map<String, Object> object(SplittableRandom random, int depth) {
        return Generated.map(random, KEYS, 8, any -> value(any, depth));
    }

    private static Object value(SplittableRandom random, int depth) {
        return switch (depth == 0 ? 2 : random.nextInt(4)) {
            case 0 -> object(random, depth - 1);
            case 1 -> Generated.list(random, 3, any -> value(any, depth - 1));
            default -> Generated.one(random, SCALARS);
        };
    }
}
