package io.netd.plugins.bridge;

import io.netd.address.IpFamily;
import io.netd.address.MacAddress;
import io.netd.cni.CniDns;
import io.netd.cni.CniException;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import io.netd.firewall.Framework;
import io.netd.netlink.route.IfLink;
import io.netd.plugins.spi.FrameworkSetting;
import io.netd.plugins.spi.lease.AddressSource;
import io.netd.plugins.spi.lease.AddressSources;
import io.netd.plugins.spi.pair.VethPair;
import io.netd.plugins.spi.trace.BridgeUse;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bridge plugin's configuration, keys and defaults as the reference plugin has them.
 *
 * @param bridge the bridge's name
 * @param isGateway the bridge bears the gateway's address and the host forwards
 * @param isDefaultGateway the container's default route leads there
 * @param forceAddress another address on the bridge is replaced instead of refused
 * @param ipMasq what leaves the container's subnet bears the host's address
 * @param masquerading where that is done; absent for the host's usual framework
 * @param mac of a new bridge, by which its network knows it again; absent for one of its own
 * @param mtu of a new bridge and the veth pair; 0 leaves it to the kernel
 * @param promiscMode the bridge takes packets for any hardware address
 * @param port what the bridge makes of the container's port
 * @param inside what becomes of the container's end
 * @param addresses where the container's come from; absent for a network without addresses
 * @param dns name service settings that replace the address plugin's
 * @param protect Docker's rules instead of the reference plugin's
 * @param hidden families whose addresses of the container are reached from its bridge alone, whatever other rules there are
 * @param trusted interfaces of the host from which they are reached nevertheless
 */
record BridgeConfig(
        String bridge,
        boolean isGateway,
        boolean isDefaultGateway,
        boolean forceAddress,
        boolean ipMasq,
        Optional<Framework> masquerading,
        Optional<MacAddress> mac,
        int mtu,
        boolean promiscMode,
        PortOptions port,
        InsideOptions inside,
        Optional<AddressSource> addresses,
        Optional<CniDns> dns,
        boolean protect,
        Set<IpFamily> hidden,
        List<String> trusted) {
    private static final int MAX_NAME = IfLink.IFNAME_MAX;

    /** Keeps copies. */
    BridgeConfig {
        hidden = Set.copyOf(hidden);
        trusted = List.copyOf(trusted);
    }

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
        boolean isDefaultGateway = settings.flag("isDefaultGateway", false);
        Settings netd = settings.settings("netd").orElse(Settings.EMPTY);
        BridgeConfig config = new BridgeConfig(
                settings.value("bridge", BridgeConfig::linkName).orElse("cni0"),
                settings.flag("isGateway", false) || isDefaultGateway,
                isDefaultGateway,
                settings.flag("forceAddress", false),
                settings.flag("ipMasq", false),
                FrameworkSetting.read(settings, "ipMasqBackend"),
                netd.value("mac", MacAddress::parse),
                VethPair.mtu(settings),
                settings.flag("promiscMode", false),
                PortOptions.read(settings),
                InsideOptions.read(settings),
                AddressSources.of(settings),
                settings.settings("dns").filter(BridgeConfig::isSet).map(CniDns::read),
                netd.flag("protect", false),
                Set.copyOf(netd.values("hide", IpFamily::valueOf)),
                netd.values("trusted", BridgeConfig::linkName));
        config.requireSense(settings);
        return config;
    }

    /** The link that bears the gateway's address: the bridge, or one beside it that is in the container's VLAN. */
    String gatewayLink() {
        return port.vlan() == 0 ? bridge : bridge + "." + port.vlan();
    }

    /** The links that containers of the network share. */
    Set<String> links() {
        return hasVlanGateway() ? Set.of(bridge, gatewayLink()) : Set.of(bridge);
    }

    /** Who needs the gateway. */
    BridgeUse use() {
        return new BridgeUse(bridge, hasVlanGateway() ? port.vlan() : 0);
    }

    /** Whether a link of its own bears the gateway's address. */
    boolean hasVlanGateway() {
        return isGateway && addresses.isPresent() && port.vlan() != 0;
    }

    private void requireSense(Settings settings) {
        if (port.flags().hairpin() && promiscMode) {
            throw settings.invalid("hairpinMode", "cannot be combined with promiscMode");
        }
        if (inside.isDisabled() && addresses.isPresent()) {
            throw settings.invalid("disableContainerInterface", "cannot be combined with ipam");
        }
        if (hasVlanGateway() && gatewayLink().length() > MAX_NAME) {
            throw settings.invalid("bridge", "leaves no room for the name of VLAN " + port.vlan() + "'s gateway");
        }
    }

    /** As in the reference plugin a list counts when it is there, also an empty one. */
    private static boolean isSet(Settings dns) {
        return dns.has("nameservers")
                || dns.has("search")
                || dns.has("options")
                || dns.text("domain").isPresent();
    }

    /** A percent sign is a pattern to the kernel, which would make eth0 of eth%d. */
    private static String linkName(String text) {
        boolean bad = text.length() > MAX_NAME
                || text.equals(".")
                || text.equals("..")
                || text.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '/' || c == ':' || c == '%');
        if (bad) {
            throw new IllegalArgumentException("no name for an interface");
        }
        return text;
    }
}
