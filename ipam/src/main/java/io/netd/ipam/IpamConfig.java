package io.netd.ipam;

import io.netd.address.IpAddress;
import io.netd.cni.CniArgs;
import io.netd.cni.CniException;
import io.netd.cni.CniRoute;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.cni.NetworkName;
import io.netd.cni.RequestedIp;
import io.netd.cni.Settings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A host-local configuration, checked.
 *
 * @param dataDir the folder of all networks' leases as it was written, an absolute path
 * @param sets one address of each is given to a container
 * @param requested addresses that the caller wants, each out of another set
 * @param resolvConf a file to take name service settings from, as it was written
 */
public record IpamConfig(
        NetworkName network,
        Path dataDir,
        List<RangeSet> sets,
        Set<IpAddress> requested,
        List<CniRoute> routes,
        Optional<Path> resolvConf,
        AllocationOrder order) {
    private static final String DEFAULT_DATA_DIR = "/var/lib/cni/networks";
    private static final String ADDRESS_ARG = "IP";

    /** Keeps copies. */
    public IpamConfig {
        sets = List.copyOf(sets);
        requested = Collections.unmodifiableSet(new LinkedHashSet<>(requested));
        routes = List.copyOf(routes);
    }

    /**
     * Reads the {@code ipam} object of a network configuration, with the addresses and ranges that the runtime and the
     * arguments add.
     *
     * @throws CniException code 7 for a configuration that is wrong, 2 for an unknown order, 4 for arguments that are
     *     wrong
     */
    public static IpamConfig parse(NetworkConfig config, CniArgs args) {
        IpamConfig read = config.settings().reading(IpamConfig.class, () -> read(config));
        return requested(args).map(read::requesting).orElse(read);
    }

    private static IpamConfig read(NetworkConfig config) {
        Settings ipam = config.settings()
                .settings("ipam")
                .orElseThrow(() -> new CniException(ErrorCode.INVALID_CONFIG, "IPAM config missing 'ipam' key"));
        return new IpamConfig(
                config.name(),
                dataDir(ipam),
                RangeSets.read(ipam, config),
                requested(config),
                ipam.list("routes").stream().map(CniRoute::read).toList(),
                ipam.value("resolvConf", Path::of),
                order(ipam));
    }

    /**
     * The folder of all networks' leases that an {@code ipam} object names: what DEL needs when nothing else is right.
     *
     * @throws CniException with code 7 when it is no absolute path
     */
    public static Path dataDir(Settings ipam) {
        Path path = ipam.value("dataDir", Path::of).orElse(Path.of(DEFAULT_DATA_DIR));
        if (!path.isAbsolute()) {
            throw ipam.invalid("dataDir", "must be an absolute path");
        }
        return path.normalize();
    }

    private static Optional<IpAddress> requested(CniArgs args) {
        try {
            return args.get(ADDRESS_ARG).map(RequestedIp::parse).map(RequestedIp::address);
        } catch (IllegalArgumentException e) {
            throw new CniException(ErrorCode.INVALID_ENVIRONMENT, "CNI_ARGS: IP: " + e.getMessage(), e);
        }
    }

    private static Set<IpAddress> requested(NetworkConfig config) {
        Set<IpAddress> addresses = new LinkedHashSet<>();
        config.args().ips().forEach(ip -> addresses.add(ip.address()));
        config.runtimeConfig().ips().forEach(ip -> addresses.add(ip.address()));
        return addresses;
    }

    private IpamConfig requesting(IpAddress first) {
        Set<IpAddress> all = new LinkedHashSet<>();
        all.add(first);
        all.addAll(requested);
        return new IpamConfig(network, dataDir, sets, all, routes, resolvConf, order);
    }

    private static AllocationOrder order(Settings ipam) {
        Settings netd = ipam.settings("netd").orElse(Settings.EMPTY);
        String order = netd.text("order").orElse("round-robin");
        return switch (order) {
            case "lowest" -> AllocationOrder.LOWEST_FREE;
            case "round-robin" -> AllocationOrder.ROUND_ROBIN;
            default ->
                throw new CniException(
                        ErrorCode.UNSUPPORTED_FIELD,
                        "ipam.netd.order \"" + order + "\": must be \"lowest\" or \"round-robin\"");
        };
    }
}
