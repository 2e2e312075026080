package io.netd.plugins.ptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.testing.Generated;
import io.netd.cni.CniException;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever a configuration says, the answer is a {@link CniException} or a pair that can be made. */
class PtpConfigFuzzTest {
    private static final List<String> KEYS = List.of("ipam", "ipMasq", "IPMasqBackend", "mtu", "dns");

    private static final List<Object> VALUES = List.of(
            true,
            0,
            -1,
            68,
            1400,
            Long.MAX_VALUE,
            "",
            "nftables",
            "\u0000",
            List.of(),
            Map.of(),
            Map.of("type", "host-local"),
            Map.of("type", "static", "addresses", 5),
            Map.of("type", "../bridge"),
            Map.of("nameservers", List.of("192.0.2.1")),
            Map.of("nameservers", "no list"));

    @Test
    void anyValuesUnderKnownKeys() {
        Generated.times(2000, random -> {
            Map<String, Object> options = Generated.map(random, KEYS, 5, any -> Generated.one(any, VALUES));
            Map<String, Object> all = new HashMap<>(options);
            all.putAll(Map.of("cniVersion", "1.0.0", "name", "n"));
            try {
                assertThat(PtpConfig.read(NetworkConfig.read(Settings.of(all))).mtu())
                        .isBetween(68, 65_535);
            } catch (CniException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        });
    }
}
