package io.netd.plugins.portmap;

import io.netd.address.IpFamily;
import io.netd.address.PortRange;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.cni.PortMap;
import io.netd.cni.Settings;
import io.netd.firewall.Framework;
import io.netd.firewall.Match;
import io.netd.plugins.spi.FrameworkSetting;
import io.netd.portmap.PortRequest;
import io.netd.portmap.Publishing;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The portmap plugin's configuration, keys and defaults as the reference plugin has them.
 *
 * @param mappings what the runtime wants published
 * @param publishing how
 * @param routed families of which nothing is translated
 */
record PortmapConfig(List<PortRequest> mappings, Publishing publishing, Set<IpFamily> routed) {
    private static final List<String> UNSUPPORTED_TEXTS = List.of("externalSetMarkChain");
    private static final Map<IpFamily, String> CONDITIONS =
            Map.of(IpFamily.IPV4, "conditionsV4", IpFamily.IPV6, "conditionsV6");

    /**
     * Reads the configuration.
     *
     * @throws CniException with code 2 for an option that is not supported, code 7 for one that makes no sense
     */
    static PortmapConfig read(NetworkConfig network) {
        Settings settings = network.settings();
        UNSUPPORTED_TEXTS.forEach(key -> settings.text(key).ifPresent(value -> refuse(key, value)));
        Settings netd = settings.settings("netd").orElse(Settings.EMPTY);
        boolean protect = netd.flag("protect", false);
        List<PortRequest> mappings = PortRequest.distinct(network.runtimeConfig().portMappings().stream()
                .map(PortmapConfig::mapping)
                .toList());
        if (!protect
                && mappings.stream().anyMatch(mapping -> mapping.fixedPort().isEmpty())) {
            throw new CniException(ErrorCode.INVALID_CONFIG, "runtimeConfig.portMappings: invalid host port number: 0");
        }
        Optional<Framework> backend = FrameworkSetting.read(settings, "backend");
        Map<IpFamily, List<Match>> conditions = new EnumMap<>(IpFamily.class);
        CONDITIONS.forEach((family, key) -> conditions.put(family, conditions(settings, key, backend, family)));
        requireOneAddress(mappings, conditions);
        return new PortmapConfig(
                mappings,
                new Publishing(
                        protect, settings.flag("snat", true), settings.flag("masqAll", false), conditions, backend),
                Set.copyOf(netd.values("routed", IpFamily::valueOf)));
    }

    private static List<Match> conditions(Settings settings, String key, Optional<Framework> backend, IpFamily family) {
        try {
            return PortConditions.read(backend, family, settings.texts(key));
        } catch (IllegalArgumentException e) {
            throw new CniException(ErrorCode.UNSUPPORTED_FIELD, key + ": " + e.getMessage(), e);
        }
    }

    /** A rule has room for one condition on the destination. */
    private static void requireOneAddress(List<PortRequest> mappings, Map<IpFamily, List<Match>> conditions) {
        for (PortRequest mapping : mappings) {
            conditions.forEach((family, matches) -> {
                boolean isTwice = mapping.covers(family)
                        && !mapping.isWildcard()
                        && matches.stream().anyMatch(Match.Destination.class::isInstance);
                if (isTwice) {
                    throw new CniException(
                            ErrorCode.UNSUPPORTED_FIELD,
                            CONDITIONS.get(family) + ": a destination besides hostIP of port "
                                    + mapping.fixedPort().orElse(0));
                }
            });
        }
    }

    private static PortRequest mapping(PortMap map) {
        Optional<PortRange> hostPorts =
                map.hostPort() == 0 ? Optional.empty() : Optional.of(new PortRange(map.hostPort(), map.hostPortEnd()));
        return new PortRequest(map.hostIp().stream().toList(), hostPorts, map.containerPort(), map.protocol());
    }

    private static void refuse(String key, String value) {
        throw new CniException(ErrorCode.UNSUPPORTED_FIELD, key + " \"" + value + "\": not supported");
    }
}
