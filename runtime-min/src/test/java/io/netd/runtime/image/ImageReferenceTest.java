package io.netd.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    @ParameterizedTest
    @CsvSource({
        "web,web:latest",
        "web:1.0,web:1.0",
        "docker.io/library/web,web:latest",
        "host:5000/a/b,host:5000/a/b:latest",
        "host:5000/a/b:x,host:5000/a/b:x",
        "a-b_c.d/e__f:V_1,a-b_c.d/e__f:V_1"
    })
    void namesAreReadAsDockerReadsThem(String text, String whole) {
        assertThat(ImageReference.parse(text)).hasToString(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "Web", "web:", "web:-x", "a//b", "/a", "a b", "../x", "web:a/b"})
    void othersAreRefused(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text)).hasMessage("invalid reference format: '" + text + "'");
    }
}
