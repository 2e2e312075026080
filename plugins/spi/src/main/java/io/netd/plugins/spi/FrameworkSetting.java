package io.netd.plugins.spi;

import io.netd.cni.Settings;
import io.netd.firewall.Framework;
import java.util.Optional;

/** The key of a network's configuration by which it chooses where its rules stand. */
public final class FrameworkSetting {
    private FrameworkSetting() {}

    /**
     * Reads it; absent, the host's usual framework will do.
     *
     * @throws io.netd.cni.CniException with code 7 for anything but {@code iptables} and {@code nftables}
     */
    public static Optional<Framework> read(Settings settings, String key) {
        return settings.value(
                key,
                text -> Framework.of(text)
                        .orElseThrow(() -> new IllegalArgumentException("must be iptables or nftables")));
    }
}
