package io.netd.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One container and one network, as a runtime built on libcni handles them: every plugin gets the network's name and version,
 * the result so far, and those of the runtime's wishes that it names as its capabilities. The last result is kept, and goes
 * to CHECK and DEL.
 */
final class Libcni {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The first version whose DEL and CHECK see the kept result. */
    private static final String WITH_KEPT_RESULT = "0.4.0";

    private final Host host;
    private final JsonNode recording;
    private final String namespace;
    private Optional<JsonNode> kept = Optional.empty();

    private Libcni(Host host, JsonNode recording, String namespace) {
        this.host = host;
        this.recording = recording;
        this.namespace = namespace;
    }

    /**
     * A runtime with the inputs of a recording.
     *
     * @param name of a file beside this class
     * @param namespace the path of the container's
     */
    static Libcni replay(Host host, String name, String namespace) {
        try (InputStream in = Objects.requireNonNull(Libcni.class.getResourceAsStream(name), name)) {
            return new Libcni(host, JSON.readTree(in), namespace);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Attaches the container; the last plugin's result, which is kept. */
    JsonNode add() {
        Optional<JsonNode> result = Optional.empty();
        for (JsonNode plugin : plugins()) {
            result = Optional.of(parse(call("ADD", plugin, result, namespace)));
        }
        kept = result;
        return result.orElseThrow();
    }

    /** What is kept of the last ADD. */
    JsonNode result() {
        return kept.orElseThrow();
    }

    void check() {
        for (JsonNode plugin : plugins()) {
            call("CHECK", plugin, kept, namespace);
        }
    }

    void del() {
        del(namespace);
    }

    /** Some runtimes have no namespace any more, or none yet. */
    void del(String path) {
        List<JsonNode> reverse = plugins();
        Collections.reverse(reverse);
        for (JsonNode plugin : reverse) {
            call("DEL", plugin, version().compareTo(WITH_KEPT_RESULT) < 0 ? Optional.empty() : kept, path);
        }
        kept = Optional.empty();
    }

    private List<JsonNode> plugins() {
        List<JsonNode> plugins = new ArrayList<>();
        recording.at("/network/plugins").forEach(plugins::add);
        return plugins;
    }

    private String version() {
        return recording.at("/network/cniVersion").asText();
    }

    private String call(String command, JsonNode plugin, Optional<JsonNode> previous, String path) {
        ObjectNode config = plugin.deepCopy();
        config.put("name", recording.at("/network/name").asText());
        config.put("cniVersion", version());
        previous.ifPresent(result -> config.set("prevResult", result));
        ObjectNode wishes = wishes(plugin);
        if (!wishes.isEmpty()) {
            config.set("runtimeConfig", wishes);
        }
        Map<String, String> environment = Map.of(
                "CNI_COMMAND", command,
                "CNI_CONTAINERID", recording.at("/container").asText(),
                "CNI_NETNS", path,
                "CNI_IFNAME", recording.path("interface").asText("eth0"),
                "CNI_ARGS", recording.at("/args").asText());
        return host.plugin(Host.ours(plugin.at("/type").asText()), config.toString(), environment)
                .ok();
    }

    private ObjectNode wishes(JsonNode plugin) {
        ObjectNode wishes = JSON.createObjectNode();
        recording.at("/capabilities").properties().forEach(wish -> {
            if (plugin.path("capabilities").path(wish.getKey()).asBoolean()) {
                wishes.set(wish.getKey(), wish.getValue());
            }
        });
        return wishes;
    }

    private static JsonNode parse(String result) {
        try {
            return JSON.readTree(result);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + result, e);
        }
    }
}
