package io.netd.plugins.ptp;

import io.netd.cni.CniDns;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import io.netd.firewall.Framework;
import io.netd.plugins.spi.FrameworkSetting;
import io.netd.plugins.spi.lease.AddressSource;
import io.netd.plugins.spi.lease.AddressSources;
import io.netd.plugins.spi.pair.VethPair;
import java.util.Optional;

/**
 * The ptp plugin's configuration, keys and defaults as the reference plugin has them.
 *
 * @param addresses where the container's come from
 * @param ipMasq what leaves the container's subnet bears the host's address
 * @param masquerading where that is done; absent for the host's usual framework
 * @param mtu of the pair
 * @param dns name service settings that replace the address plugin's
 */
record PtpConfig(
        AddressSource addresses, boolean ipMasq, Optional<Framework> masquerading, int mtu, Optional<CniDns> dns) {
    private static final int ETH_DATA_LEN = 1500;

    /**
     * Reads the configuration.
     *
     * @throws CniException with code 2 for an unknown source of addresses, code 7 for what makes no sense
     */
    static PtpConfig read(NetworkConfig network) {
        Settings settings = network.settings();
        int mtu = VethPair.mtu(settings);
        return new PtpConfig(
                AddressSources.of(network)
                        .orElseThrow(() -> new CniException(
                                ErrorCode.INVALID_CONFIG, "ipam.type is missing: a ptp network needs addresses")),
                settings.flag("ipMasq", false),
                FrameworkSetting.read(settings, "ipMasqBackend"),
                mtu == 0 ? ETH_DATA_LEN : mtu,
                settings.settings("dns").map(CniDns::read).filter(dns -> !dns.isEmpty()));
    }
}
