package io.netd.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Turns the values that settings are made of into JSON. */
final class SettingsTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SettingsTree() {}

    /** Refuses values of any other type with an IllegalArgumentException: that is a mistake of the program. */
    static JsonNode node(Object value) {
        if (value instanceof Settings settings) {
            return settings.object();
        } else if (value instanceof Map<?, ?> map) {
            return object(map);
        } else if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode(list.size());
            list.forEach(element -> array.add(node(element)));
            return array;
        } else if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        } else if (value instanceof Integer || value instanceof Long) {
            return NODES.numberNode(((Number) value).longValue());
        } else if (value instanceof String text) {
            return NODES.textNode(text);
        }
        throw new IllegalArgumentException("settings cannot hold a " + value.getClass());
    }

    static ObjectNode object(Map<?, ?> map) {
        ObjectNode object = NODES.objectNode();
        map.forEach((key, element) -> object.set(key.toString(), node(element)));
        return object;
    }
}
