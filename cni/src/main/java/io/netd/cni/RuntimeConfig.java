package io.netd.cni;

import io.netd.address.MacAddress;
import java.util.List;
import java.util.Optional;

/** What a runtime supplies for a configuration's capabilities, under {@code runtimeConfig}. */
public record RuntimeConfig(
        List<PortMap> portMappings,
        List<RequestedIp> ips,
        Optional<MacAddress> mac,
        List<List<IpRange>> ipRanges,
        Optional<Bandwidth> bandwidth,
        Optional<CniDns> dns,
        List<String> aliases,
        Optional<String> cgroupPath) {
    /** Nothing supplied. */
    public static final RuntimeConfig EMPTY = new RuntimeConfig(
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());

    /** Keeps copies. */
    public RuntimeConfig {
        portMappings = List.copyOf(portMappings);
        ips = List.copyOf(ips);
        ipRanges = ipRanges.stream().map(List::copyOf).toList();
        aliases = List.copyOf(aliases);
    }

    /**
     * Reads the object; {@code aliases} may be a list or, as podman sends it, an object of lists by network.
     *
     * @throws CniException with code 7 naming the first value that is wrong
     */
    static RuntimeConfig read(Settings runtime, NetworkName network) {
        return new RuntimeConfig(
                runtime.list("portMappings").stream().map(PortMap::read).toList(),
                runtime.values("ips", RequestedIp::parse),
                runtime.value("mac", MacAddress::parse),
                runtime.lists("ipRanges").stream()
                        .map(set -> set.stream().map(IpRange::read).toList())
                        .toList(),
                runtime.settings("bandwidth").map(Bandwidth::read),
                runtime.settings("dns").map(CniDns::read),
                aliases(runtime, network),
                runtime.text("cgroupPath"));
    }

    private static List<String> aliases(Settings runtime, NetworkName network) {
        if (!runtime.has("aliases") || runtime.isList("aliases")) {
            return runtime.texts("aliases");
        }
        return runtime.settings("aliases")
                .map(byNetwork -> byNetwork.texts(network.value()))
                .orElse(List.of());
    }
}
