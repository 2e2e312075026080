package io.netd.ipam;

import io.netd.address.testing.Generated;
import io.netd.cni.CniArgs;
import io.netd.cni.CniException;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever a configuration says, the answer is a value or a {@link CniException}. */
class IpamConfigFuzzTest {
    private static final List<String> KEYS = List.of(
            "subnet", "rangeStart", "rangeEnd", "gateway", "dataDir", "resolvConf", "ranges", "routes", "netd", "dst");

    private static final List<Object> VALUES = List.of(
            "0.0.0.0/0",
            "255.255.255.252/30",
            "10.1.2.0/24",
            "10.1.2.1",
            "10.1.2.255",
            "::/0",
            "ffff::/16",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff0/124",
            "::",
            "ffff::1",
            "/x",
            "\u0000",
            "",
            true,
            -1,
            Long.MAX_VALUE,
            List.of(),
            Map.of("order", "lowest"),
            Map.of("order", 5),
            List.of(Map.of("dst", "::/0")),
            List.of(List.of(Map.of("subnet", "10.1.2.0/24"))),
            List.of(List.of(Map.of("subnet", "fd00::/16"))));

    @Test
    void anyValuesUnderKnownKeys() {
        Generated.times(1000, random -> {
            Map<String, Object> ipam = Generated.map(random, KEYS, 6, any -> Generated.one(any, VALUES));
            Settings settings = Settings.of(Map.of("cniVersion", "1.0.0", "name", "n", "ipam", ipam));
            try {
                IpamConfig config = IpamConfig.parse(NetworkConfig.read(settings), CniArgs.EMPTY);
                Set<Object> taken = new HashSet<>();
                Allocator allocator = new Allocator(taken::contains, set -> Optional.empty());
                for (int i = 0; i < 5; i++) {
                    allocator
                            .choose(config)
                            .forEach(chosen -> taken.add(chosen.address().address()));
                }
            } catch (CniException e) {
                String.valueOf(e.getMessage());
            }
        });
    }
}
