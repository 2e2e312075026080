package io.netd.plugins.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.testing.Generated;
import io.netd.cni.CniArgs;
import io.netd.cni.CniException;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever a configuration says, the answer is a {@link CniException} or a value that stays below /proc/sys/net. */
class TuningConfigFuzzTest {
    private static final List<String> KEYS =
            List.of("sysctl", "mac", "promisc", "mtu", "allmulti", "txQLen", "dataDir", "runtimeConfig", "args", "cni");

    private static final List<String> PARTS =
            List.of("net", "kernel", "..", ".", "/", "IFNAME", "core", "\u0000", "ä", " ");

    private static final List<Object> VALUES = List.of(
            "02:00:00:00:00:01",
            "/x",
            "\u0000",
            "",
            true,
            false,
            0,
            -1,
            1400,
            Long.MAX_VALUE,
            List.of(),
            Map.of("mac", "02:00:00:00:00:02"),
            Map.of("cni", Map.of("mtu", 1300, "sysctl", Map.of("net/a", "2"))),
            Map.of("cni", Map.of("sysctl", Map.of("kernel/a", "2"), "promisc", "yes")),
            Map.of("net.ipv4.conf.IFNAME.arp_filter", "1", "net/core/somaxconn", "5"),
            Map.of("net.a", "1", "net/a", "2"),
            Map.of("net.\u0000", "1"));

    @Test
    void anyValuesUnderKnownKeys() {
        Generated.times(1000, random -> {
            Map<String, Object> options = Generated.map(random, KEYS, 6, any -> Generated.one(any, VALUES));
            read(options);
        });
    }

    @Test
    void anyKeyOfAParameter() {
        Generated.times(1000, random -> {
            String key = String.join("", Generated.list(random, 8, any -> Generated.one(any, PARTS)));
            read(Map.of("sysctl", Map.of(key, "1")));
        });
    }

    private static void read(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.putAll(Map.of("cniVersion", "1.0.0", "name", "n"));
        try {
            TuningConfig config =
                    TuningConfig.read(NetworkConfig.read(Settings.of(all)), CniArgs.EMPTY, new InterfaceName("eth0"));
            assertThat(config.sysctls()).extracting(Parameter::path).allMatch(path -> path.matches("(?s)net/.+"));
            assertThat(config.sysctls()).extracting(Parameter::path).noneMatch(path -> path.contains(".."));
            assertThat(config.dataDir().isAbsolute()).isTrue();
        } catch (CniException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
