package io.netd.daemon.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.runtime.ImageConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageChangesTest {
    @Test
    void theLastInstructionOfAKindCountsAndListsGrow() {
        assertThat(ImageChanges.of(List.of(
                        "CMD [\"old\"]",
                        "cmd [\"httpd\", \"-f\"]",
                        "ENTRYPOINT exec env",
                        "ENV A=1 B=2",
                        "ENV C hello there",
                        "EXPOSE 80 53/udp",
                        "EXPOSE 90-91",
                        "USER 1:2",
                        "WORKDIR /www")))
                .isEqualTo(new ImageConfig(
                        List.of("/bin/sh", "-c", "exec env"),
                        List.of("httpd", "-f"),
                        List.of("A=1", "B=2", "C=hello there"),
                        Optional.of("/www"),
                        Optional.of("1:2"),
                        List.of("80", "53/udp", "90-91")));
        assertThat(ImageChanges.of(List.of())).isEqualTo(ImageConfig.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FROM x|from is not a valid change command",
                "EXPOSE|EXPOSE requires at least one argument",
                "EXPOSE 80 http|invalid start port 'http': invalid syntax",
                "ENV A|ENV must have two arguments",
                "ENV A=1 B|invalid environment variable: B",
            })
    void refusesNamingWhatIsWrong(String instruction, String message) {
        assertThatThrownBy(() -> ImageChanges.of(List.of(instruction))).hasMessage(message);
    }
}
