package io.netd.daemon.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What podman, containerd, nerdctl, CRI-O and cnitool send, and the words it is made of.
 *
 * @param calls one for each plugin of a network of theirs
 * @param keys every key that occurs in them
 * @param values every value that occurs in them
 */
record Seeds(List<Call> calls, List<String> keys, List<JsonNode> values) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FILES = List.of(
            "podman-bridge",
            "podman-bridge-internal",
            "podman-portmap",
            "podman-firewall",
            "podman-tuning",
            "containerd-bridge",
            "containerd-loopback",
            "containerd-portmap",
            "containerd-portmap-nftables",
            "containerd-bandwidth",
            "nerdctl-bridge",
            "nerdctl-firewall",
            "nerdctl-tuning",
            "crio-bridge",
            "crio-loopback",
            "cnitool-host-local",
            "cnitool-static",
            "cnitool-ptp",
            "cnitool-bridge-static",
            "cnitool-bridge-layer2",
            "netd-none",
            "netd-host",
            "netd-container");

    /**
     * One of them.
     *
     * @param namespace which of the prepared namespaces it is for
     * @param args CNI_ARGS
     */
    record Call(String plugin, String namespace, String args, ObjectNode config) {}

    static Seeds read() {
        List<Call> calls = FILES.stream().map(Seeds::read).toList();
        TreeSet<String> keys = new TreeSet<>();
        List<JsonNode> values = new ArrayList<>();
        calls.forEach(call -> collect(call.config(), keys, values));
        return new Seeds(calls, List.copyOf(keys), List.copyOf(values));
    }

    /** Those for a plugin; all of them for a plugin that no client is known to call. */
    List<Call> of(String plugin) {
        List<Call> own =
                calls.stream().filter(call -> call.plugin().equals(plugin)).toList();
        return own.isEmpty() ? calls : own;
    }

    private static Call read(String file) {
        try (InputStream text = Seeds.class.getResourceAsStream("/calls/" + file + ".json")) {
            JsonNode call = JSON.readTree(text);
            return new Call(
                    call.get("plugin").asText(),
                    call.get("namespace").asText(),
                    call.get("args").asText(),
                    (ObjectNode) call.get("config"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode node, TreeSet<String> keys, List<JsonNode> values) {
        node.fieldNames().forEachRemaining(keys::add);
        node.forEach(value -> {
            // The bridge that the chained plugins find; nothing else may be made of it.
            if (!value.asText().equals("pods0")) {
                values.add(value);
            }
            collect(value, keys, values);
        });
    }
}
