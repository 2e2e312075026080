package io.netd.daemon.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void aFlagIsReadAsItWasGiven() {
        assertThatThrownBy(() -> Publications.annotations(List.of("8080:80 81:81"), List.of(), false))
                .hasMessage("invalid IP address: 8080");
        assertThatThrownBy(() -> Publications.annotations(List.of("8080:80", ""), List.of(), false))
                .hasMessage("no port specified: <empty>");
    }

    @Test
    void moreThanTheDaemonCouldBearIsRefused() {
        String tooMany = "too many published ports: a container has at most 20000";
        assertThat(Publications.annotations(List.of("1-20000:1-20000"), List.of("1-65535"), false))
                .isNotEmpty();
        assertThatThrownBy(() -> Publications.annotations(List.of("1-65535:1-65535/udp"), List.of(), false))
                .hasMessage(tooMany);
        assertThatThrownBy(
                        () -> Publications.annotations(List.of("1-9999", "1-9999/udp", "9-11/sctp"), List.of(), false))
                .hasMessage(tooMany);
        assertThatThrownBy(() -> Publications.annotations(List.of(), List.of("1-20001"), true))
                .hasMessage(tooMany);
        assertThatThrownBy(() -> Publications.annotations(List.of(), List.of("1-65535", "1-65535/udp"), false))
                .hasMessage("too many exposed ports: a container has at most 65536");
    }

    /** It is not to fail a container that is there. */
    @Test
    void whatAnEarlierNetdLetThroughIsReadBack() {
        Map<String, String> written =
                Map.of(Publications.PUBLISH, "1-20001:1-20001", Publications.EXPOSE, "1-65535 1-65535/udp");
        assertThat(Publications.requests(written)).hasSize(20_001);
        assertThat(Publications.exposed(written)).hasSize(2 * 65_535);
        Map<String, String> all = Map.of(Publications.EXPOSE, "1-20001", Publications.PUBLISH_ALL, "true");
        assertThat(Publications.requests(all)).hasSize(20_001);
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
