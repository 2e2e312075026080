package io.netd.plugins.ptp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import io.netd.firewall.Framework;
import io.netd.plugins.spi.testing.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PtpConfigTest {
    private static final String IPAM = ",\"ipam\":{\"type\":\"host-local\",\"subnet\":\"10.1.0.0/24\"}";

    private static PtpConfig read(String options) {
        return PtpConfig.read(
                Requests.config("{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"ptp\"" + options + "}"));
    }

    @Test
    void defaultsAreTheReferencePlugins() {
        PtpConfig config = read(IPAM + ",\"dns\":{}");
        assertThat(config.ipMasq()).isFalse();
        assertThat(config.masquerading()).isEmpty();
        assertThat(config.mtu()).isEqualTo(1500);
        assertThat(config.dns()).isEmpty();
    }

    @Test
    void everyOptionIsRead() {
        PtpConfig config =
                read(IPAM + ",\"IPMASQ\":true,\"ipMasqBackend\":\"nftables\",\"mtu\":1400,\"dns\":{\"domain\":\"x\"}");
        assertThat(config.ipMasq()).isTrue();
        assertThat(config.masquerading()).contains(Framework.NFTABLES);
        assertThat(config.mtu()).isEqualTo(1400);
        assertThat(config.dns())
                .hasValueSatisfying(dns -> assertThat(dns.domain()).contains("x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|ipam.type is missing|7",
                ",\"ipam\":{}|ipam.type is missing|7",
                ",\"ipam\":{\"type\":\"static\"},\"mtu\":5|mtu 5: must be 0 or from 68|7",
                ",\"ipam\":{\"type\":\"static\"},\"mtu\":-1|mtu|7",
                ",\"ipam\":{\"type\":\"static\"},\"ipMasq\":\"yes\"|ipMasq|7",
                ",\"ipam\":{\"type\":\"static\"},\"ipMasqBackend\":\"ebtables\"|ipMasqBackend \"ebtables\": must be iptables or nftables|7",
            })
    void whatMakesNoSenseIsRefused(String options, String message, int code) {
        assertThatThrownBy(() -> read(options))
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
