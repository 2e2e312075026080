package io.netd.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A read-only view of one JSON object. As in the reference plugins keys count without regard to case, of several
 * spellings of one key the last wins, and null counts as absent; so does an empty text where a text is asked for. A
 * value of the wrong type is a {@link CniException} of code 7 that names the key, from the top, and the value.
 */
public final class Settings {
    /** No settings. */
    public static final Settings EMPTY = new Settings(JsonNodeFactory.instance.objectNode(), "");

    private final ObjectNode object;
    private final String path;
    private final Optional<Watch> watch;
    private final Map<Class<?>, Object> readings = new ConcurrentHashMap<>();

    Settings(ObjectNode object, String path) {
        this(object, path, Optional.empty());
    }

    private Settings(ObjectNode object, String path, Optional<Watch> watch) {
        this.object = object;
        this.path = path;
        this.watch = watch;
    }

    /**
     * Reads one JSON object in UTF-8.
     *
     * @throws CniException with code 6 when the bytes are anything else, over 1 MiB, or nested more than 64 deep
     */
    public static Settings parse(byte[] json) {
        return new Settings(JsonText.parse(json), "");
    }

    /** Settings of texts, numbers, booleans, settings, and lists and maps of those. */
    public static Settings of(Map<String, ?> values) {
        return new Settings(SettingsTree.object(values), "");
    }

    /** The same settings, which from now on know what {@link #unread} tells. */
    public Settings watched() {
        return new Settings(object, path, Optional.of(new Watch()));
    }

    /** Keys, from the top and as they were spelt, that nobody has asked {@link #watched} settings for. */
    public List<String> unread() {
        return watch.map(noted -> noted.unread(object, path)).orElse(List.of());
    }

    /** These settings with a value of {@link #of} in place of every spelling of the key. */
    public Settings with(String key, Object value) {
        ObjectNode copy = without(key).object;
        copy.set(key, SettingsTree.node(value));
        return new Settings(copy, path);
    }

    /** These settings without any spelling of the key. */
    public Settings without(String key) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!entry.getKey().equalsIgnoreCase(key)) {
                copy.set(entry.getKey(), entry.getValue());
            }
        }
        return new Settings(copy, path);
    }

    /**
     * What a reader makes of these settings, read once and remembered.
     *
     * @param reader looks at nothing that does not come from these settings; what it throws is not remembered
     */
    public <T> T reading(Class<T> type, Supplier<T> reader) {
        Object known = readings.get(type);
        if (known != null) {
            return type.cast(known);
        }
        T read = reader.get();
        readings.put(type, read);
        return read;
    }

    /** Whether the key has a value other than null. */
    public boolean has(String key) {
        return find(key).isPresent();
    }

    /** A text that is not empty. */
    public Optional<String> text(String key) {
        return find(key).map(node -> JsonValues.text(node, at(key))).filter(text -> !text.isEmpty());
    }

    /** A text, read by a parser whose IllegalArgumentException becomes a {@link CniException} naming the key. */
    public <T> Optional<T> value(String key, Function<String, T> parser) {
        return text(key).map(text -> JsonValues.parsed(text, at(key), parser));
    }

    /** A boolean. */
    public boolean flag(String key, boolean otherwise) {
        return find(key)
                .map(node -> {
                    if (!node.isBoolean()) {
                        throw JsonValues.mismatch(at(key), "a boolean", node);
                    }
                    return node.booleanValue();
                })
                .orElse(otherwise);
    }

    /**
     * A boolean that may also be written as a text, as libcni takes the switches of a list: {@code "true"} or
     * {@code "false"} in either case.
     */
    public boolean flagOrWord(String key) {
        boolean isWord = find(key).filter(JsonNode::isTextual).isPresent();
        if (!isWord) {
            return flag(key, false);
        }
        return switch (text(key).orElse("").toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(key, "must be true or false");
        };
    }

    /** A whole number between two bounds, both included. */
    public OptionalInt integer(String key, int min, int max) {
        OptionalLong number = longInteger(key, min, max);
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    /** A whole number between two bounds, both included. */
    public OptionalLong longInteger(String key, long min, long max) {
        Optional<JsonNode> found = find(key);
        if (found.isEmpty()) {
            return OptionalLong.empty();
        }
        JsonNode node = found.get();
        BigInteger number = node.isIntegralNumber() ? node.bigIntegerValue() : BigInteger.ZERO;
        if (!node.isIntegralNumber()
                || number.compareTo(BigInteger.valueOf(min)) < 0
                || number.compareTo(BigInteger.valueOf(max)) > 0) {
            throw JsonValues.mismatch(at(key), "a whole number from " + min + " to " + max, node);
        }
        return OptionalLong.of(number.longValue());
    }

    /** An object. */
    public Optional<Settings> settings(String key) {
        return find(key).map(node -> below(node, at(key)));
    }

    /** A list of objects; empty when the key is absent. */
    public List<Settings> list(String key) {
        return elements(key, this::below);
    }

    /** A list of lists of objects; empty when the key is absent. */
    public List<List<Settings>> lists(String key) {
        return elements(key, (node, place) -> JsonValues.elements(node, place, this::below));
    }

    /** A list of texts, empty ones included; an empty list when the key is absent. */
    public List<String> texts(String key) {
        return elements(key, JsonValues::text);
    }

    /** A list of texts, each read by a parser as in {@link #value}. */
    public <T> List<T> values(String key, Function<String, T> parser) {
        return elements(key, (node, place) -> JsonValues.parsed(JsonValues.text(node, place), place, parser));
    }

    /** An object of texts, its keys spelt as they were given and told apart by case. */
    public Map<String, String> textMap(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        settings(key)
                .ifPresent(map -> map.object
                        .properties()
                        .forEach(entry ->
                                texts.put(entry.getKey(), JsonValues.text(entry.getValue(), map.at(entry.getKey())))));
        return Collections.unmodifiableMap(texts);
    }

    /** Whether the key holds a list. */
    public boolean isList(String key) {
        return find(key).filter(JsonNode::isArray).isPresent();
    }

    /** The failure that says what is wrong with a key's value, naming both. */
    public CniException invalid(String key, String fault) {
        String value = find(key).map(node -> " " + JsonValues.shown(node)).orElse("");
        return new CniException(ErrorCode.INVALID_CONFIG, at(key) + value + ": " + fault);
    }

    /** The settings as JSON in UTF-8, keys spelt as they were given. */
    public byte[] toBytes() {
        return JsonText.write(out -> out.writeTree(object));
    }

    ObjectNode object() {
        return object;
    }

    private Settings below(JsonNode node, String place) {
        Settings settings = JsonValues.settings(node, place);
        return watch.isPresent() ? new Settings(settings.object, place, watch) : settings;
    }

    private Optional<JsonNode> find(String key) {
        if (watch.isPresent()) {
            watch.get().note(at(key));
        }
        JsonNode found = NullNode.instance;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getKey().equalsIgnoreCase(key)) {
                found = entry.getValue();
            }
        }
        return found.isNull() ? Optional.empty() : Optional.of(found);
    }

    private <T> List<T> elements(String key, JsonValues.Element<T> element) {
        Optional<JsonNode> found = find(key);
        return found.isEmpty() ? List.of() : JsonValues.elements(found.get(), at(key), element);
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && object.equals(settings.object);
    }

    @Override
    public int hashCode() {
        return object.hashCode();
    }

    /** The settings as JSON. */
    @Override
    public String toString() {
        return object.toString();
    }
}
