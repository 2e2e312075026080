package io.netd.daemon.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netd.cni.JsonFault;
import io.netd.linux.fs.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads {@code daemon.json}: every key known, every value of the right shape, each turned into the text its flag would take. */
final class ConfigFile {
    private static final long LIMIT = 1 << 20;

    private ConfigFile() {}

    static Map<Option, List<String>> read(Path file) {
        try {
            if (Files.size(file) > LIMIT) {
                throw new ConfigException("more than " + LIMIT + " bytes");
            }
            return values(mapper().readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            String place =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw new ConfigException("invalid JSON: " + JsonFault.text(e) + place);
        } catch (IOException e) {
            throw new ConfigException("cannot read it: " + FileFailure.reason(e));
        }
    }

    private static ObjectMapper mapper() {
        return new ObjectMapper()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    private static Map<Option, List<String>> values(JsonNode root) {
        Map<Option, List<String>> values = new EnumMap<>(Option.class);
        if (root.isMissingNode()) {
            return values;
        }
        if (!root.isObject()) {
            throw new ConfigException("it must hold a JSON object");
        }
        root.properties().forEach(entry -> {
            Option option =
                    Option.ofKey(entry.getKey()).orElseThrow(() -> new ConfigException(unknown(entry.getKey())));
            values.put(option, texts(option, entry.getValue()));
        });
        return values;
    }

    private static String unknown(String key) {
        List<String> known = new ArrayList<>();
        for (Option option : Option.values()) {
            known.add(option.key());
        }
        return "unknown key \"" + key + "\""
                + Suggestion.of(key, known)
                        .map(near -> "; did you mean \"" + near + "\"?")
                        .orElse("");
    }

    private static List<String> texts(Option option, JsonNode value) {
        if (!option.kind().isRepeatable()) {
            return List.of(text(option, value));
        }
        if (!value.isArray()) {
            throw wrong(option, value, "a list");
        }
        List<String> texts = new ArrayList<>();
        value.forEach(element -> texts.add(text(option, element)));
        return texts;
    }

    private static String text(Option option, JsonNode value) {
        return switch (option.kind()) {
            case TEXT, TEXTS -> when(value.isTextual(), option, value, "text").asText();
            case NUMBER ->
                when(value.isIntegralNumber(), option, value, "a whole number").asText();
            case FLAG -> when(value.isBoolean(), option, value, "true or false").asText();
            case POOLS -> pool(option, when(value.isObject(), option, value, "a list of {\"base\", \"size\"}"));
        };
    }

    private static String pool(Option option, JsonNode value) {
        JsonNode base = value.path("base");
        JsonNode size = value.path("size");
        boolean isPool = value.size() == 2 && base.isTextual() && size.isInt();
        when(isPool, option, value, "a list of {\"base\", \"size\"}");
        return "base=" + base.asText() + ",size=" + size.asInt();
    }

    private static JsonNode when(boolean isRight, Option option, JsonNode value, String expected) {
        if (!isRight) {
            throw wrong(option, value, expected);
        }
        return value;
    }

    private static ConfigException wrong(Option option, JsonNode value, String expected) {
        return new ConfigException("\"" + option.key() + "\" must be " + expected + ", not " + value);
    }
}
