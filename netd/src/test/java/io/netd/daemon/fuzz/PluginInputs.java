package io.netd.daemon.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Endlessly many inputs for the {@link Scene}, each given by a seed and its number alone; they write below /run/calls. */
public final class PluginInputs {
    private static final List<String> COMMANDS = List.of(
            "ADD", "ADD", "ADD", "ADD", "ADD", "ADD", "DEL", "DEL", "CHECK", "CHECK", "GC", "STATUS", "VERSION", "add",
            "MOVE", "");

    private static final List<String> CONTAINERS = List.of("web", "4f1c0d9e", "4f1c0d9e".repeat(8), "a_b.c-d");

    private static final List<String> NAMESPACES = List.of(
            "",
            "/run/netns/bare",
            "/run/netns/wired",
            "/run/netns/gone",
            "/proc/self/ns/net",
            "/proc/self/ns/mnt",
            "/proc/self/ns/uts",
            "/etc/passwd",
            "/dev/null",
            "/run",
            "netns/bare",
            "/run/netns/../netns/bare",
            "/run/netns/bare/x",
            "/" + "n".repeat(5000));

    private static final List<String> FOLDERS =
            List.of("", "/run/none", "/run/none:/run/calls/none", ":", "::/run/none:", "none", "/run/calls\n");

    /** A config may be deeper than Jackson writes by itself. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(100_000)
                            .build())
                    .build())
            .build();

    private final Seeds seeds = Seeds.read();
    private final List<String> plugins;
    private final long seed;

    /** For these plugins in equal shares. */
    public PluginInputs(List<String> plugins, long seed) {
        this.plugins = List.copyOf(plugins);
        this.seed = seed;
    }

    /** The input of that number. */
    public PluginInput get(int number) {
        RandomGenerator random = new SplittableRandom(seed * 1_000_003 + number);
        String plugin = plugins.get(random.nextInt(plugins.size()));
        List<Seeds.Call> own = seeds.of(plugin);
        Seeds.Call call = own.get(random.nextInt(own.size()));
        return new PluginInput(plugin, environment(call, random), stdin(call, plugin, random));
    }

    /** The ADDs that the inputs are made of, as clients send them. */
    public List<PluginInput> plain() {
        return seeds.calls().stream()
                .filter(call -> plugins.contains(call.plugin()))
                .map(call -> new PluginInput(
                        call.plugin(),
                        bytes(variables(call)),
                        call.config().toString().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static Map<String, String> variables(Seeds.Call call) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("CNI_COMMAND", "ADD");
        texts.put("CNI_CONTAINERID", "web");
        texts.put(
                "CNI_NETNS", call.namespace().equals("host") ? "/proc/self/ns/net" : "/run/netns/" + call.namespace());
        texts.put("CNI_IFNAME", call.plugin().equals("loopback") ? "lo" : "eth0");
        texts.put("CNI_ARGS", call.args());
        texts.put("CNI_PATH", "/run/none");
        return texts;
    }

    private static Map<String, byte[]> bytes(Map<String, String> texts) {
        Map<String, byte[]> environment = new LinkedHashMap<>();
        texts.forEach((name, value) -> environment.put(name, value.getBytes(StandardCharsets.UTF_8)));
        return environment;
    }

    private static Map<String, byte[]> environment(Seeds.Call call, RandomGenerator random) {
        Map<String, String> texts = variables(call);
        texts.put("CNI_COMMAND", pick(COMMANDS, random));
        texts.put("CNI_CONTAINERID", pick(CONTAINERS, random));
        if (random.nextInt(4) == 0) {
            String name = pick(List.copyOf(texts.keySet()), random);
            texts.put(name, odd(name, texts.get(name), random));
        }
        texts.values().removeIf(value -> random.nextInt(200) == 0);
        Map<String, byte[]> environment = bytes(texts);
        environment.values().forEach(value -> spoil(value, random));
        return environment;
    }

    private static String odd(String variable, String value, RandomGenerator random) {
        if (random.nextInt(500) == 0) {
            return OddTexts.huge(random);
        }
        return switch (variable) {
            case "CNI_NETNS" -> pick(NAMESPACES, random);
            // Nothing is to be found there: what is found would be run.
            case "CNI_PATH" -> pick(FOLDERS, random);
            default -> OddTexts.like(value, random);
        };
    }

    private static void spoil(byte[] value, RandomGenerator random) {
        if (value.length > 0 && random.nextInt(300) == 0) {
            value[random.nextInt(value.length)] = (byte) (128 + random.nextInt(128));
        }
    }

    private byte[] stdin(Seeds.Call call, String plugin, RandomGenerator random) {
        ObjectNode config = call.config().deepCopy();
        if (!call.plugin().equals(plugin)) {
            config.put("type", plugin);
        }
        JsonMutation mutation = new JsonMutation(seeds, random);
        int changes = random.nextInt(4) == 0 ? random.nextInt(12) : 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            mutation.change(config);
        }
        byte[] text = bytes(config);
        return random.nextInt(8) == 0 ? ByteMutation.change(text, random) : text;
    }

    private static byte[] bytes(ObjectNode config) {
        try {
            return JSON.writeValueAsString(config).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T pick(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }
}
