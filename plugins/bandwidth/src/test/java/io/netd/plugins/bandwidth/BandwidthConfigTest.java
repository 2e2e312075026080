package io.netd.plugins.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import io.netd.cni.ContainerId;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkName;
import io.netd.netlink.route.TokenBucket;
import io.netd.plugins.spi.testing.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandwidthConfigTest {
    private static final TokenBucket ONE_MEGABIT = new TokenBucket(125_000, 3_125_000, 28_125);

    private static BandwidthConfig read(String options) {
        return BandwidthConfig.read(
                Requests.config("{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"bandwidth\"" + options + "}"));
    }

    private static String wished(String limits) {
        return ",\"runtimeConfig\":{\"bandwidth\":{" + limits + "}}";
    }

    @Test
    void withoutLimitsThereAreNone() {
        assertThat(read("").isEmpty()).isTrue();
        assertThat(read(",\"ingressRate\":0,\"ingressBurst\":0,\"egressRate\":null")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void bitsBecomeBytesAsTheReferenceReckons() {
        BandwidthConfig config =
                read(",\"ingressRate\":1000000,\"ingressBurst\":200000,\"egressRate\":1234567,\"egressBurst\":7654321");
        assertThat(config.ingress()).contains(ONE_MEGABIT);
        assertThat(config.egress()).contains(TokenBucket.of(154_320, 956_790, 25_000));
    }

    @Test
    void aRuntimesWishCountsInItsOwnSpelling() {
        BandwidthConfig config = read(wished("\"IngressRate\":1000000,\"IngressBurst\":200000"));
        assertThat(config.ingress()).contains(ONE_MEGABIT);
        assertThat(config.egress()).isEmpty();
    }

    @Test
    void oneKeyOfTheConfigurationIsEnoughToIgnoreTheWish() {
        String wish = wished("\"ingressRate\":5000000,\"ingressBurst\":200000,\"egressRate\":8,\"egressBurst\":8");
        BandwidthConfig config = read(",\"ingressRate\":1000000,\"ingressBurst\":200000" + wish);
        assertThat(config.ingress()).contains(ONE_MEGABIT);
        assertThat(config.egress()).isEmpty();
        assertThat(read(",\"egressRate\":0" + wish).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"ingressRate\":9|ingressRate 9: if rate is set, burst must also be set",
                "\"egressBurst\":9|egressBurst 9: if burst is set, rate must also be set",
                "\"egressRate\":9,\"egressBurst\":34359738360|egressBurst 34359738360: burst cannot be more than 4GB",
                "\"ingressRate\":7,\"ingressBurst\":800|ingressRate 7: must be at least one byte (8) a second",
                "\"ingressRate\":9,\"ingressBurst\":7|ingressBurst 7: too small for a rate of 9",
                "\"egressRate\":80000000000,\"egressBurst\":800|egressBurst 800: too small for a rate of 80000000000",
                "\"ingressRate\":-1|ingressRate",
                "\"ingressRate\":\"1M\"|ingressRate",
            })
    void whatMakesNoSenseIsRefused(String limits, String message) {
        assertThatThrownBy(() -> read("," + limits))
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG))
                .hasMessageContaining(message);
        assertThatThrownBy(() -> read(wished(limits)))
                .hasMessageContaining(message.substring(message.lastIndexOf(':') + 1));
    }

    @Test
    void theLargestBurstIsTaken() {
        assertThat(read(",\"egressRate\":8,\"egressBurst\":34359738359").egress())
                .hasValueSatisfying(bucket -> assertThat(bucket.limit()).isEqualTo(0xffff_fffeL));
    }

    @Test
    void theDeviceHasTheReferencesName() {
        assertThat(Ifb.name(new NetworkName("shaped"), new ContainerId("c1"))).isEqualTo("bwpd4c1a4b830eb");
    }
}
