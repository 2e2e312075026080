package io.netd.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeOptionsTest {
    private static final String TRUSTED = "com.docker.network.bridge.trusted_host_interfaces";

    /** As Docker splits them. */
    @ParameterizedTest
    @CsvSource({"eth0, eth0", "eth0:wg0, eth0 wg0", ":eth0::wg0:, eth0 wg0", "eth0.100:br-1_a, eth0.100 br-1_a", "'',''"
    })
    void trustedInterfacesStandBetweenColons(String text, String names) {
        assertThat(String.join(" ", BridgeOptions.parse(Map.of(TRUSTED, text)).trusted()))
                .isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0:a/b", "eth0:wg 0", "-x", "a-name-of-16-let"})
    void whatNoInterfaceIsCalledIsNotTrusted(String text) {
        assertThatThrownBy(() -> BridgeOptions.parse(Map.of(TRUSTED, text)))
                .hasMessage("failed to parse " + TRUSTED + " value: " + text + " (no name for an interface)");
    }
}
