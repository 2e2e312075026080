package io.netd.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Takes JSON values for what they should be; a refusal names their place in the whole text. */
final class JsonValues {
    private JsonValues() {}

    /** How one element of a list is taken. */
    @FunctionalInterface
    interface Element<T> {
        T read(JsonNode node, String place);
    }

    static <T> List<T> elements(JsonNode list, String place, Element<T> element) {
        if (!list.isArray()) {
            throw mismatch(place, "a list", list);
        }
        List<T> elements = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            elements.add(element.read(list.get(i), place + "[" + i + "]"));
        }
        return List.copyOf(elements);
    }

    static Settings settings(JsonNode node, String place) {
        if (node instanceof ObjectNode object) {
            return new Settings(object, place);
        }
        throw mismatch(place, "an object", node);
    }

    static String text(JsonNode node, String place) {
        if (!node.isTextual()) {
            throw mismatch(place, "a text", node);
        }
        return node.textValue();
    }

    static <T> T parsed(String text, String place, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIG, place + " " + Identifier.quoted(text) + ": " + e.getMessage(), e);
        }
    }

    static CniException mismatch(String place, String wanted, JsonNode node) {
        return new CniException(ErrorCode.INVALID_CONFIG, place + " " + shown(node) + ": must be " + wanted);
    }

    /** The value for a message: short whatever it is. */
    static String shown(JsonNode node) {
        if (node.isContainerNode()) {
            return node.isArray() ? "[...]" : "{...}";
        }
        return node.isTextual() ? Identifier.quoted(node.textValue()) : node.asText();
    }
}
