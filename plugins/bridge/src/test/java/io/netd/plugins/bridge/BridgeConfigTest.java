package io.netd.plugins.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BridgeConfigTest {
    static BridgeConfig read(String options) {
        return BridgeConfig.read(network(options));
    }

    static NetworkConfig network(String options) {
        String json = "{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"bridge\"" + options + "}";
        return NetworkConfig.read(Settings.parse(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyOptionIsKnownWhateverTheOthersSay() {
        Settings settings = network(",\"isDefaultGateway\":true,\"isGateway\":true,\"mtu\":1400,\"vlan\":0,"
                        + "\"dns\":{\"nameservers\":[\"192.0.2.1\"]},\"ipam\":{\"type\":\"host-local\","
                        + "\"ranges\":[[{\"subnet\":\"10.1.0.0/24\",\"gateway\":\"10.1.0.1\"}]],"
                        + "\"routes\":[{\"dst\":\"0.0.0.0/0\"}],\"dataDir\":\"/run/x\"}")
                .settings()
                .watched();

        new BridgePlugin().read(NetworkConfig.read(settings));

        assertThat(settings.unread()).isEmpty();
    }

    @Test
    void defaultsAreTheReferencePlugins() {
        BridgeConfig config = read("");
        assertThat(config.bridge()).isEqualTo("cni0");
        assertThat(config.isGateway()).isFalse();
        assertThat(config.ipMasq()).isFalse();
        assertThat(config.mtu()).isZero();
        assertThat(config.addresses()).isEmpty();
        assertThat(config.protect()).isFalse();
    }

    @Test
    void aDefaultGatewayIsAGateway() {
        assertThat(read(",\"isDefaultGateway\":true").isGateway()).isTrue();
    }

    @Test
    void keysCountWithoutRegardToCase() {
        assertThat(read(",\"BRIDGE\":\"br1\",\"IPMasq\":true,\"netd\":{\"Protect\":true}"))
                .matches(config -> config.bridge().equals("br1") && config.ipMasq() && config.protect());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",\"hairpinMode\":true,\"promiscMode\":true|7|hairpinMode true: cannot be combined with promiscMode",
                ",\"vlan\":7|2|vlan 7: not supported",
                ",\"macspoofchk\":true|2|macspoofchk true: not supported",
                ",\"ipam\":{\"type\":\"dhcp\"}|2|ipam.type \"dhcp\": only host-local is supported",
                ",\"mtu\":12|7|mtu 12: must be 0 or from 68 to 65535",
                ",\"bridge\":\"a/b\"|7|bridge \"a/b\": no name for an interface",
                ",\"bridge\":\"averyveryverylongname\"|7|bridge \"averyveryverylongname\": no name for an interface",
                ",\"ipMasq\":\"yes\"|7|ipMasq \"yes\": must be a boolean",
            })
    void refusesNamingKeyAndValue(String options, int code, String message) {
        assertThatThrownBy(() -> read(options))
                .isInstanceOf(CniException.class)
                .hasMessage(message)
                .matches(e -> ((CniException) e).code() == code);
    }
}
