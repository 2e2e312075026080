package io.netd.plugins.bridge;

import io.netd.cni.CniDns;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import io.netd.plugins.spi.lease.AddressSource;
import io.netd.plugins.spi.lease.AddressSources;
import java.util.List;
import java.util.Optional;

/**
 * The bridge plugin's configuration, keys and defaults as the reference plugin has them.
 *
 * @param bridge the bridge's name
 * @param isGateway the bridge bears the gateway's address and the host forwards
 * @param isDefaultGateway the container's default route leads there
 * @param forceAddress another address on the bridge is replaced instead of refused
 * @param ipMasq what leaves the container's subnet bears the host's address
 * @param mtu of a new bridge and the veth pair; 0 leaves it to the kernel
 * @param hairpinMode what the bridge gets from a port may go back there
 * @param promiscMode the bridge takes packets for any hardware address
 * @param addresses where the container's come from; absent for a network without addresses
 * @param dns name service settings that replace the address plugin's
 * @param protect Docker's rules instead of the reference plugin's
 */
record BridgeConfig(
        String bridge,
        boolean isGateway,
        boolean isDefaultGateway,
        boolean forceAddress,
        boolean ipMasq,
        int mtu,
        boolean hairpinMode,
        boolean promiscMode,
        Optional<AddressSource> addresses,
        Optional<CniDns> dns,
        boolean protect) {
    private static final int MAX_MTU = 65_535;
    private static final int MIN_MTU = 68;
    private static final List<String> UNSUPPORTED_FLAGS =
            List.of("macspoofchk", "portIsolation", "disableContainerInterface", "enabledad");

    /**
     * Reads the configuration.
     *
     * @throws CniException with code 2 for an option that is not supported, code 7 for one that makes no sense
     */
    static BridgeConfig read(NetworkConfig network) {
        Settings settings = network.settings();
        return settings.reading(BridgeConfig.class, () -> read(settings));
    }

    private static BridgeConfig read(Settings settings) {
        refuseUnsupported(settings);
        boolean isDefaultGateway = settings.flag("isDefaultGateway", false);
        BridgeConfig config = new BridgeConfig(
                settings.value("bridge", BridgeConfig::linkName).orElse("cni0"),
                settings.flag("isGateway", false) || isDefaultGateway,
                isDefaultGateway,
                settings.flag("forceAddress", false),
                settings.flag("ipMasq", false),
                mtu(settings),
                settings.flag("hairpinMode", false),
                settings.flag("promiscMode", false),
                AddressSources.of(settings),
                settings.settings("dns").map(CniDns::read).filter(dns -> !dns.isEmpty()),
                settings.settings("netd")
                        .map(netd -> netd.flag("protect", false))
                        .orElse(false));
        if (config.hairpinMode() && config.promiscMode()) {
            throw settings.invalid("hairpinMode", "cannot be combined with promiscMode");
        }
        return config;
    }

    private static int mtu(Settings settings) {
        int mtu = settings.integer("mtu", 0, MAX_MTU).orElse(0);
        if (mtu != 0 && mtu < MIN_MTU) {
            throw settings.invalid("mtu", "must be 0 or from " + MIN_MTU + " to " + MAX_MTU);
        }
        return mtu;
    }

    private static void refuseUnsupported(Settings settings) {
        for (String flag : UNSUPPORTED_FLAGS) {
            if (settings.flag(flag, false)) {
                throw unsupported(flag, "true");
            }
        }
        int vlan = settings.integer("vlan", 0, 4094).orElse(0);
        if (vlan != 0) {
            throw unsupported("vlan", Integer.toString(vlan));
        }
        if (!settings.list("vlanTrunk").isEmpty()) {
            throw unsupported("vlanTrunk", "[...]");
        }
    }

    private static CniException unsupported(String key, String value) {
        return new CniException(ErrorCode.UNSUPPORTED_FIELD, key + " " + value + ": not supported");
    }

    private static String linkName(String text) {
        boolean bad = text.length() > 15
                || text.equals(".")
                || text.equals("..")
                || text.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '/' || c == ':');
        if (bad) {
            throw new IllegalArgumentException("no name for an interface");
        }
        return text;
    }
}
