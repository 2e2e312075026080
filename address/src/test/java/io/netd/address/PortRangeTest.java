package io.netd.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortRangeTest {
    @Test
    void readsOnePortAndARange() {
        assertThat(PortRange.parse("80")).isEqualTo(PortRange.of(80)).hasToString("80");
        assertThat(PortRange.parse("80-90")).hasToString("80-90");
        assertThat(PortRange.parse("80-90").size()).isEqualTo(11);
        assertThat(PortRange.parse("80-90").contains(90)).isTrue();
        assertThat(PortRange.parse("80-90").contains(91)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "90-80", "-1", "80-", "80-90-100", " 80", "080000"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> PortRange.parse(text)).hasMessage("invalid port range: " + text);
    }

    @Test
    void protocolsAreReadInAnyCase() {
        assertThat(Protocol.parse("Tcp")).isEqualTo(Protocol.TCP).hasToString("tcp");
        assertThat(Protocol.SCTP.number()).isEqualTo(132);
        assertThatThrownBy(() -> Protocol.parse("icmp")).hasMessage("invalid protocol: icmp");
    }
}
