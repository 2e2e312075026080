package io.netd.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Results from each version to each other, beside what the reference library made of them: {@code conversions.json} was
 * written by a program of a few lines that calls it.
 */
class LibcniConversionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode LIBCNI = read("conversions.json");

    static Stream<Arguments> conversions() {
        return elements(LIBCNI.get("results"))
                .flatMap(result -> elements(result.get("conversions"))
                        .flatMap(conversion -> elements(conversion.get("to"))
                                .map(to -> Arguments.of(
                                        result.get("case").asText(),
                                        result.get("result"),
                                        CniVersion.parse(to.asText()),
                                        conversion.get("as")))));
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void convertsAsTheReferenceLibraryDoes(String name, JsonNode result, CniVersion to, JsonNode expected) {
        CniVersion from = CniVersion.parse(result.get("cniVersion").asText());
        CniResult read = ResultJson.read(settings(result), from);

        if (expected.isTextual()) {
            assertThatThrownBy(() -> ResultJson.write(read, to))
                    .isInstanceOf(CniException.class)
                    .hasMessageEndingWith(expected.asText());
            return;
        }

        assertThat(parse(ResultJson.write(read, to))).isEqualTo(ours(expected, to));
    }

    @ParameterizedTest
    @EnumSource
    void aPreviousResultHasTheShapeOfTheConfiguration(CniVersion version) {
        JsonNode accepted = LIBCNI.get("previous").get(version.toString());

        for (CniVersion own : CniVersion.values()) {
            boolean isAccepted =
                    elements(accepted).anyMatch(text -> text.asText().equals(own.toString()));
            assertThat(accepts(version, JSON.createObjectNode().put("cniVersion", own.toString())))
                    .as("%s after %s", version, own)
                    .isEqualTo(isAccepted);
        }
        assertThat(accepts(version, JSON.createObjectNode())).isTrue();
        assertThat(elements(accepted)).anyMatch(text -> text.asText().isEmpty());
    }

    @Test
    void everyVersionIsConvertedToEveryOther() {
        assertThat(conversions()).hasSize(31 * 7);
    }

    private static boolean accepts(CniVersion version, ObjectNode result) {
        try {
            ResultJson.read(settings(result), version);
            return true;
        } catch (CniException e) {
            return !e.getMessage().contains("cannot follow");
        }
    }

    /**
     * With the version, and without what a version does not know: the library leaves keys of 1.1.0 in interfaces of 1.0.0,
     * and in routes that come from 0.1.0 or 0.2.0 and stay there.
     */
    private static JsonNode ours(JsonNode expected, CniVersion version) {
        ObjectNode ours = expected.deepCopy();
        ours.put("cniVersion", version.toString());
        if (version == CniVersion.V1_0_0) {
            ours.path("interfaces").forEach(link -> {
                ((ObjectNode) link).remove("mtu");
                ((ObjectNode) link).remove("socketPath");
                ((ObjectNode) link).remove("pciID");
            });
        }
        if (version.isFlat()) {
            Stream.of("ip4", "ip6")
                    .flatMap(key -> elements(ours.path(key).path("routes")))
                    .forEach(route -> ((ObjectNode) route).retain("dst", "gw"));
        }
        return ours;
    }

    private static Settings settings(JsonNode json) {
        return Settings.parse(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode read(String name) {
        try (InputStream in = LibcniConversionTest.class.getResourceAsStream(name)) {
            return JSON.readTree(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
