package io.netd.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.testing.Generated;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
    @Test
    void readsColonsAndDashes() {
        assertThat(MacAddress.parse("02:42:AC:11:00:02")).hasToString("02:42:ac:11:00:02");
        assertThat(MacAddress.parse("02-42-ac-11-00-02")).isEqualTo(MacAddress.parse("02:42:ac:11:00:02"));
        assertThat(MacAddress.parse("01:00:5e:00:00:01").isMulticast()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "02:42:ac:11:00",
                "02:42:ac:11:00:02:03",
                "2:42:ac:11:00:02",
                "02:42:ac-11:00:02",
                "0g:42:ac:11:00:02"
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> MacAddress.parse(text)).hasMessage("invalid MAC address: " + text);
    }

    @RepeatedTest(20)
    void randomOnesAreLocalUnicast() {
        MacAddress mac = MacAddress.randomLocal();
        assertThat(mac.isLocal()).isTrue();
        assertThat(mac.isMulticast()).isFalse();
    }

    @Test
    void textAndBytesAreReadBack() {
        Generated.times(1000, random -> {
            byte[] bytes = Generated.bytes(random, 6);
            MacAddress mac = MacAddress.of(bytes);
            assertThat(mac.bytes()).isEqualTo(bytes);
            assertThat(MacAddress.parse(mac.toString())).isEqualTo(mac);
        });
    }
}
