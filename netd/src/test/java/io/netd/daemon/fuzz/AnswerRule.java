package io.netd.daemon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** What every answer of every plugin must be, however bad the call was. */
public final class AnswerRule {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final List<String> VERSIONS = List.of("0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0");
    private static final Pattern JAVA =
            Pattern.compile("\\b(java|javax|jdk|sun|jnr|com\\.fasterxml|io\\.netd|io\\.vertx)\\.[a-z]\\w*\\.");
    private static final int INTERNAL = 999;
    private static final int LONGEST_ERROR = 16 << 10;

    private AnswerRule() {}

    /**
     * Fails unless the answer is one result (of ADD), nothing (of another command), or one error, with the exit code that
     * goes with it.
     */
    public static void require(String command, int exitCode, byte[] output) throws IOException {
        if (exitCode != 0) {
            assertThat(exitCode).isEqualTo(1);
            requireError(read(output), output.length);
        } else if (command.equals("ADD")) {
            requireResult(read(output));
        } else {
            assertThat(output).isEmpty();
        }
    }

    /** What an error says, without what differs from one input to the next. */
    public static String shape(byte[] error) throws IOException {
        JsonNode json = read(error);
        return json.path("code").asInt() + " "
                + json.path("msg").asText().replaceAll("\"[^\"]*\"|[0-9a-f:.]*[0-9][0-9a-f:./]*", "#");
    }

    private static void requireError(JsonNode error, int length) {
        assertThat(error.isObject()).isTrue();
        assertThat(VERSIONS).contains(error.path("cniVersion").asText());
        assertThat(error.path("code").isInt()).isTrue();
        assertThat(error.path("code").asInt()).isPositive();
        assertThat(error.path("msg").isTextual()).isTrue();
        String text = error.path("msg").asText() + " " + error.path("details").asText();
        assertThat(text)
                .isNotBlank()
                .doesNotContain("Exception", "\tat ", "Jackson", "Feature", "Constraints")
                .doesNotContainPattern(JAVA);
        if (error.path("code").asInt() == INTERNAL) {
            assertThat(text).doesNotContainPattern("\\bnull\\b");
        }
        assertThat(length).isLessThan(LONGEST_ERROR);
    }

    private static void requireResult(JsonNode result) {
        assertThat(result.isObject()).isTrue();
        assertThat(VERSIONS).contains(result.path("cniVersion").asText());
        for (JsonNode ip : result.path("ips")) {
            assertThat(ip.path("address").asText()).contains("/");
        }
    }

    private static JsonNode read(byte[] output) throws IOException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(output))
                .toString();
        return STRICT.readTree(text);
    }
}
