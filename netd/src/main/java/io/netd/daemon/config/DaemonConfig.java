package io.netd.daemon.config;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.engine.network.AddressPool;
import io.netd.engine.network.BridgeAccess;
import io.netd.firewall.Framework;
import io.netd.firewall.Match;
import io.netd.runtime.container.RuntimeSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What the daemon was told, judged.
 *
 * @param hosts where it listens
 * @param bridge name of the default network's bridge
 * @param adoptsBridge whether a bridge of that name that netd did not make may be used
 * @param bip its address, when fixed
 * @param cgroupParent where containers' cgroups hang in each hierarchy, {@code /netd} by default
 * @param pools where networks without a subnet get theirs; empty means docker's pools
 * @param mtu of the default network, when fixed
 * @param publishAddress where ports are published that name no address
 * @param access who reaches whom on the default network, and from it
 * @param hasIpv6 whether the default network has IPv6
 * @param subnet6 its IPv6 subnet, when fixed
 * @param hasRules whether firewall rules are written
 * @param framework how they are written; absent for what the host has
 * @param group who besides root may use the unix socket
 */
public record DaemonConfig(
        List<ListenAddress> hosts,
        Path dataRoot,
        Path execRoot,
        String cgroupParent,
        String bridge,
        boolean adoptsBridge,
        Optional<IpPrefix> bip,
        List<AddressPool> pools,
        OptionalInt mtu,
        Optional<IpAddress> publishAddress,
        BridgeAccess access,
        boolean hasIpv6,
        Optional<IpPrefix> subnet6,
        boolean hasRules,
        Optional<Framework> framework,
        String group,
        LogLevel logLevel,
        Path pidfile) {
    /** Where the file is unless a flag says otherwise. */
    public static final Path USUAL_FILE = Path.of("/etc/netd/daemon.json");

    /** Where clients look for the daemon. */
    public static final String USUAL_HOST = "unix:///run/netd/netd.sock";

    private static final int SMALLEST_MTU = 68;
    private static final int LARGEST_MTU = 65535;
    private static final int LONGEST_LINK_NAME = 15;

    /** Copies the lists. */
    public DaemonConfig {
        hosts = List.copyOf(hosts);
        pools = List.copyOf(pools);
    }

    /** The configuration of a daemon that is told nothing. */
    public static DaemonConfig usual() {
        return of(Map.of());
    }

    /** The same, with other state that lives until the next boot. */
    public DaemonConfig withExecRoot(Path other) {
        return new DaemonConfig(
                hosts,
                dataRoot,
                other,
                cgroupParent,
                bridge,
                adoptsBridge,
                bip,
                pools,
                mtu,
                publishAddress,
                access,
                hasIpv6,
                subnet6,
                hasRules,
                framework,
                group,
                logLevel,
                pidfile);
    }

    /** Judges the values of all options that were given. */
    static DaemonConfig of(Map<Option, List<String>> given) {
        Given values = new Given(given);
        Path execRoot = values.one(Option.EXEC_ROOT, DaemonConfig::absolute).orElse(Path.of("/run/netd"));
        List<ListenAddress> hosts = values.all(Option.HOSTS, ListenAddress::parse);
        return new DaemonConfig(
                hosts.isEmpty() ? List.of(ListenAddress.parse(USUAL_HOST)) : hosts,
                values.one(Option.DATA_ROOT, DaemonConfig::absolute).orElse(Path.of("/var/lib/netd")),
                execRoot,
                values.one(Option.CGROUP_PARENT, DaemonConfig::cgroupName).orElse(RuntimeSettings.CGROUP_PARENT),
                values.one(Option.BRIDGE, DaemonConfig::linkName).orElse("docker0"),
                values.one(Option.ADOPT_BRIDGE, DaemonConfig::flag).orElse(false),
                values.one(Option.BIP, DaemonConfig::bridgeAddress),
                values.all(Option.DEFAULT_ADDRESS_POOLS, PoolText::parse),
                values.one(Option.MTU, DaemonConfig::mtu).map(OptionalInt::of).orElse(OptionalInt.empty()),
                values.one(Option.IP, IpAddress::parse),
                access(values),
                values.one(Option.IPV6, DaemonConfig::flag).orElse(false),
                values.one(Option.FIXED_CIDR_V6, DaemonConfig::subnet6),
                values.one(Option.IPTABLES, DaemonConfig::flag).orElse(true),
                values.one(Option.FIREWALL_BACKEND, DaemonConfig::framework),
                values.one(Option.GROUP, Function.identity()).orElse("netd"),
                values.one(Option.LOG_LEVEL, LogLevel::parse).orElse(LogLevel.INFO),
                values.one(Option.PIDFILE, DaemonConfig::absolute).orElse(execRoot.resolve("netd.pid")));
    }

    private static BridgeAccess access(Given values) {
        return new BridgeAccess(
                values.one(Option.ICC, DaemonConfig::flag).orElse(BridgeAccess.DEFAULT.icc()),
                values.one(Option.IP_MASQ, DaemonConfig::flag).orElse(BridgeAccess.DEFAULT.masquerade()),
                values.one(Option.ALLOW_DIRECT_ROUTING, DaemonConfig::flag).orElse(BridgeAccess.DEFAULT.direct()),
                values.one(Option.BRIDGE_ACCEPT_FWMARK, Match.Mark::parse));
    }

    private static Path absolute(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("the path must be absolute: " + text);
        }
        return path.normalize();
    }

    private static String cgroupName(String text) {
        if (!text.matches("/[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")) {
            throw new IllegalArgumentException(
                    "invalid cgroup parent: " + text + ": it must be one name behind a slash");
        }
        return text;
    }

    private static String linkName(String text) {
        boolean isName = text.length() <= LONGEST_LINK_NAME && text.matches("[A-Za-z0-9][A-Za-z0-9_.-]*");
        if (!isName) {
            throw new IllegalArgumentException("invalid interface name: " + text);
        }
        return text;
    }

    private static IpPrefix bridgeAddress(String text) {
        IpPrefix prefix = IpPrefix.parse(text);
        if (prefix.family() != IpFamily.IPV4 || prefix.isNetwork() || prefix.length() > IpFamily.IPV4.bits() - 2) {
            throw new IllegalArgumentException("invalid bridge address " + text
                    + ": it must be one address inside its subnet, such as 172.17.0.1/16");
        }
        return prefix;
    }

    private static IpPrefix subnet6(String text) {
        IpPrefix subnet = IpPrefix.parse(text).network();
        IpAddress first = subnet.address();
        boolean isUsable = subnet.family() == IpFamily.IPV6
                && subnet.length() <= IpFamily.IPV6.bits() - 2
                && !first.isAny()
                && !first.isMulticast()
                && !first.isLinkLocal();
        if (!isUsable) {
            throw new IllegalArgumentException(
                    "invalid IPv6 subnet " + text + ": it must have room for containers, such as fd00:17::/64");
        }
        return subnet;
    }

    private static Framework framework(String text) {
        return Framework.of(text)
                .orElseThrow(() -> new IllegalArgumentException("must be iptables or nftables, not " + text));
    }

    private static Integer mtu(String text) {
        try {
            int mtu = Integer.parseInt(text);
            if (mtu >= SMALLEST_MTU && mtu <= LARGEST_MTU) {
                return mtu;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("invalid MTU: " + text);
        }
        throw new IllegalArgumentException("invalid MTU: " + text);
    }

    private static Boolean flag(String text) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException("must be true or false, not " + text);
        };
    }
}
