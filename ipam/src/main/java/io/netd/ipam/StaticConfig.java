package io.netd.ipam;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.cni.CniAddress;
import io.netd.cni.CniArgs;
import io.netd.cni.CniDns;
import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.CniRoute;
import io.netd.cni.ErrorCode;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import java.util.List;

/** The {@code static} address plugin's configuration, checked: addresses that the configuration or the caller names. */
public record StaticConfig(List<CniAddress> addresses, List<CniRoute> routes, CniDns dns) {
    /** Keeps copies. */
    public StaticConfig {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    /**
     * Reads the {@code ipam} object of a network configuration. Addresses of {@code CNI_ARGS} come behind the
     * configuration's; those of {@code args.cni} replace both, and those of the runtime whatever there is.
     *
     * @throws CniException code 7 for a configuration that is wrong, 4 for arguments that are; what is replaced is not
     *     looked at
     */
    public static StaticConfig parse(NetworkConfig config, CniArgs args) {
        Settings ipam = config.settings()
                .settings("ipam")
                .orElseThrow(() -> new CniException(ErrorCode.INVALID_CONFIG, "IPAM config missing 'ipam' key"));
        List<CniAddress> addresses = new StaticAddresses(config, ipam, args).read();
        AddressCount.requireRoom(
                config.version(),
                addresses.stream()
                        .map(CniAddress::address)
                        .map(IpPrefix::family)
                        .toList());
        StaticConfig read = new StaticConfig(
                addresses,
                ipam.list("routes").stream().map(CniRoute::read).toList(),
                ipam.settings("dns").map(CniDns::read).orElse(CniDns.EMPTY));
        read.toResult().requireConvertible(config.version());
        return read;
    }

    /** An address plugin's result: no interfaces, no interface indexes. */
    public CniResult toResult() {
        return new CniResult(List.of(), addresses, routes, dns);
    }

    /**
     * Makes sure that what an ADD has given of these addresses has their gateways. As in the reference an address that it
     * has not given is no fault.
     *
     * @throws CniException naming the address that has another gateway
     */
    public void check(CniResult expected, InterfaceName ifName) {
        for (CniAddress address : addresses) {
            expected.addresses().stream()
                    .filter(given -> ip(given).equals(ip(address)))
                    .findFirst()
                    .filter(given ->
                            address.gateway().isPresent() && !given.gateway().equals(address.gateway()))
                    .ifPresent(given -> {
                        throw new CniException(
                                ErrorCode.INTERNAL,
                                "static: Failed to match addr " + ip(given) + " on interface " + ifName);
                    });
        }
    }

    private static IpAddress ip(CniAddress address) {
        return address.address().address();
    }
}
