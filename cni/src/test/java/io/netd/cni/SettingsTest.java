package io.netd.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void keysCountWithoutRegardToCase() {
        Settings settings = json("{'HostPort': 80, 'IpMasq': true, 'Bridge': 'b0'}");

        assertThat(settings.integer("hostPort", 1, 65535)).hasValue(80);
        assertThat(settings.flag("ipMasq", false)).isTrue();
        assertThat(settings.text("bridge")).contains("b0");
    }

    @Test
    void keysThatNobodyAskedForAreTold() {
        Settings settings =
                json("{'Mtu': 1, 'mut': 2, 'ipam': {'subnet': 'x', 'gate': 'y'}, 'sets': [{'a': 1, 'b': 2}],"
                                + " 'texts': {'k': 'v'}}")
                        .watched();

        settings.integer("mtu", 0, 9);
        settings.settings("ipam").orElseThrow().text("subnet");
        settings.list("sets").get(0).integer("a", 0, 9);
        settings.textMap("texts");

        assertThat(settings.unread()).containsExactly("mut", "ipam.gate", "sets[0].b");
    }

    @Test
    void theLastSpellingOfAKeyWins() {
        assertThat(json("{'mtu': 1400, 'MTU': 1500}").integer("mtu", 0, 9000)).hasValue(1500);
    }

    @Test
    void nullAndEmptyTextCountAsAbsent() {
        Settings settings = json("{'bridge': '', 'mtu': null, 'dns': null, 'routes': null}");

        assertThat(settings.text("bridge")).isEmpty();
        assertThat(settings.integer("mtu", 0, 9000)).isEmpty();
        assertThat(settings.settings("dns")).isEmpty();
        assertThat(settings.list("routes")).isEmpty();
        assertThat(settings.has("mtu")).isFalse();
    }

    @Test
    void aWrongTypeNamesTheWholeKeyAndTheValue() {
        Settings settings = json("{'ipam': {'ranges': [[{'subnet': 5}]]}}");

        assertInvalid(
                () -> settings.settings("ipam")
                        .orElseThrow()
                        .lists("ranges")
                        .get(0)
                        .get(0)
                        .text("subnet"),
                "ipam.ranges[0][0].subnet 5: must be a text");
    }

    @Test
    void everyTypeIsHeldTo() {
        assertInvalid(() -> json("{'a': 'yes'}").flag("a", false), "a \"yes\": must be a boolean");
        assertInvalid(() -> json("{'a': '5'}").integer("a", 0, 9), "a \"5\": must be a whole number from 0 to 9");
        assertInvalid(() -> json("{'a': 1.5}").integer("a", 0, 9), "a 1.5: must be a whole number from 0 to 9");
        assertInvalid(() -> json("{'a': -1}").integer("a", 0, 9), "a -1: must be a whole number from 0 to 9");
        assertInvalid(
                () -> json("{'a': 99999999999999999999}").longInteger("a", 0, 9),
                "a 99999999999999999999: must be a whole number from 0 to 9");
        assertInvalid(() -> json("{'a': []}").settings("a"), "a [...]: must be an object");
        assertInvalid(() -> json("{'a': {}}").list("a"), "a {...}: must be a list");
        assertInvalid(() -> json("{'a': [null]}").list("a"), "a[0] null: must be an object");
        assertInvalid(() -> json("{'a': ['x', 1]}").texts("a"), "a[1] 1: must be a text");
    }

    @Test
    void aParserSaysWhatIsWrongWithAText() {
        Settings settings = json("{'gateway': '10.1.2'}");

        assertInvalid(
                () -> settings.value("gateway", IpAddress::parse), "gateway \"10.1.2\": invalid IP address: 10.1.2");
    }

    @Test
    void longValuesAreCutInMessages() {
        assertThatThrownBy(() -> json("{'a': '" + "x".repeat(5000) + "'}").flag("a", false))
                .message()
                .hasSizeLessThan(150);
    }

    @Test
    void whatIsNoJsonObjectIsRefusedAsUndecodable() {
        for (String text : List.of("", " ", "5", "[]", "null", "{", "{'a':1}}", "{'a':1} x", "{a:1}", "\ufeff{}")) {
            assertUndecodable(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }
        assertUndecodable(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
        assertUndecodable("{}".getBytes(StandardCharsets.UTF_16LE));
    }

    @Test
    void sizeAndDepthHaveLimits() {
        assertUndecodable(("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}").getBytes(StandardCharsets.UTF_8));
        assertUndecodable(("{\"a\":\"" + "x".repeat(1 << 20) + "\"}").getBytes(StandardCharsets.UTF_8));
        assertUndecodable(("{\"a\":" + "9".repeat(1000) + "}").getBytes(StandardCharsets.UTF_8));
        assertThat(json("{'a': '" + "x".repeat(1_000_000) + "'}").text("a")).isPresent();
    }

    @Test
    void withReplacesEverySpelling() {
        Settings settings = json("{'MTU': 1, 'mtu': 2, 'x': {'y': 'z'}}").with("Mtu", 3);

        assertThat(text(settings.toBytes())).isEqualTo("{\"x\":{\"y\":\"z\"},\"Mtu\":3}");
    }

    @Test
    void settingsCanBeMadeOfValues() {
        Settings settings = Settings.of(Map.of("ranges", List.of(List.of(Map.of("subnet", "10.0.0.0/8")))));

        assertThat(text(settings.toBytes())).isEqualTo("{\"ranges\":[[{\"subnet\":\"10.0.0.0/8\"}]]}");
        assertThat(settings).isEqualTo(json("{'ranges':[[{'subnet':'10.0.0.0/8'}]]}"));
    }

    @Test
    void mapsOfTextsKeepTheirKeysCase() {
        assertThat(json("{'sysctl': {'a': '1', 'A': '2'}}").textMap("SYSCTL")).isEqualTo(Map.of("a", "1", "A", "2"));
    }

    private static void assertUndecodable(byte[] bytes) {
        assertThatThrownBy(() -> Settings.parse(bytes))
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DECODING_FAILURE));
    }

    static void assertInvalid(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG));
    }

    /** Settings from JSON with single quotes. */
    static Settings json(String text) {
        return Settings.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
