package io.netd.daemon.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublicationsTest {
    @Test
    void onlyWhatIsExposedAndNotBoundIsPublishedBesides() {
        Map<String, String> annotations =
                Publications.annotations(List.of("8080:80", "81/udp"), List.of("80-82", "81/udp"), true);

        assertThat(Publications.requests(annotations))
                .extracting(Object::toString)
                .containsExactly("0.0.0.0:8080->80/tcp", "0.0.0.0:0->81/udp", "0.0.0.0:0->81/tcp", "0.0.0.0:0->82/tcp");
    }

    @Test
    void whatIsPublishedIsExposed() {
        Map<String, String> annotations = Publications.annotations(List.of("8080:80"), List.of("443", "80/udp"), false);

        assertThat(Publications.exposed(annotations))
                .extracting(Object::toString)
                .containsExactly("80/tcp", "80/udp", "443/tcp");
        assertThat(Publications.requests(annotations)).hasSize(1);
        assertThat(Publications.annotations(List.of(), List.of(), false)).isEmpty();
    }
}
