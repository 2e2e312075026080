package io.netd.netctl.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTest {
    @ParameterizedTest
    @CsvSource({
        "0,Less than a second",
        "1,1 second",
        "59,59 seconds",
        "60,About a minute",
        "3599,59 minutes",
        "3600,About an hour",
        "86400,24 hours",
        "259200,3 days",
        "2592000,4 weeks"
    })
    void durationsAreDockers(long seconds, String words) {
        assertThat(HumanDuration.of(Duration.ofSeconds(seconds))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0,0B", "999,999B", "1000,1kB", "2146304,2.15MB", "123456789,123MB"})
    void sizesHaveThreeDigits(long bytes, String words) {
        assertThat(HumanSize.of(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"64m,67108864", "1g,1073741824", "512,512", "1.5k,1536", "8MB,8388608"})
    void memorySizesAreRead(String text, long bytes) {
        assertThat(HumanSize.parse(text)).isEqualTo(bytes);
    }

    @Test
    void nonsenseIsNoSize() {
        assertThatThrownBy(() -> HumanSize.parse("lots")).hasMessage("invalid size: 'lots'");
        assertThatThrownBy(() -> HumanSize.parse("")).hasMessage("invalid size: ''");
    }
}
