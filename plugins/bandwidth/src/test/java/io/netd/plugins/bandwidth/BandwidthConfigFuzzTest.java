package io.netd.plugins.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.testing.Generated;
import io.netd.cni.CniException;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever a configuration says, the answer is a {@link CniException} or limits that the kernel can be told. */
class BandwidthConfigFuzzTest {
    private static final List<String> KEYS =
            List.of("ingressRate", "ingressBurst", "EgressRate", "egressBurst", "runtimeConfig", "bandwidth");

    private static final List<Object> VALUES = List.of(
            0,
            1,
            8,
            -1,
            1_000_000,
            4_294_967_295L,
            34_359_738_359L,
            34_359_738_360L,
            Long.MAX_VALUE,
            "1",
            true,
            List.of(),
            Map.of("bandwidth", Map.of("IngressRate", 8, "IngressBurst", Long.MAX_VALUE)),
            Map.of("bandwidth", Map.of("EgressRate", Long.MAX_VALUE, "EgressBurst", 4_294_967_295L)),
            Map.of("bandwidth", "fast"));

    @Test
    void anyValuesUnderKnownKeys() {
        Generated.times(2000, random -> {
            Map<String, Object> options = Generated.map(random, KEYS, 6, any -> Generated.one(any, VALUES));
            Map<String, Object> all = new HashMap<>(options);
            all.putAll(Map.of("cniVersion", "1.0.0", "name", "n"));
            try {
                BandwidthConfig config = BandwidthConfig.read(NetworkConfig.read(Settings.of(all)));
                assertThat(config.ingress().stream()).allMatch(bucket -> bucket.isShownAs(bucket));
                assertThat(config.egress().stream()).allMatch(bucket -> bucket.rate() <= Long.MAX_VALUE / 8);
            } catch (CniException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        });
    }
}
