package io.netd.plugins.portmap;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.cni.PortMap;
import io.netd.cni.Settings;
import io.netd.plugins.spi.FrameworkSetting;
import io.netd.portmap.PortMapping;
import io.netd.portmap.Publishing;
import java.util.List;

/**
 * The portmap plugin's configuration, keys and defaults as the reference plugin has them.
 *
 * @param mappings what the runtime wants published
 * @param publishing how
 */
record PortmapConfig(List<PortMapping> mappings, Publishing publishing) {
    private static final List<String> UNSUPPORTED_TEXTS = List.of("externalSetMarkChain");
    private static final List<String> UNSUPPORTED_LISTS = List.of("conditionsV4", "conditionsV6");

    /**
     * Reads the configuration.
     *
     * @throws CniException with code 2 for an option that is not supported, code 7 for one that makes no sense
     */
    static PortmapConfig read(NetworkConfig network) {
        Settings settings = network.settings();
        UNSUPPORTED_TEXTS.forEach(key -> settings.text(key).ifPresent(value -> refuse(key, value)));
        UNSUPPORTED_LISTS.forEach(
                key -> settings.texts(key).stream().findFirst().ifPresent(word -> refuse(key, word)));
        boolean protect = settings.settings("netd")
                .map(netd -> netd.flag("protect", false))
                .orElse(false);
        List<PortMapping> mappings = network.runtimeConfig().portMappings().stream()
                .map(PortmapConfig::mapping)
                .distinct()
                .toList();
        if (!protect && mappings.stream().anyMatch(mapping -> mapping.hostPort() == 0)) {
            throw new CniException(ErrorCode.INVALID_CONFIG, "runtimeConfig.portMappings: invalid host port number: 0");
        }
        return new PortmapConfig(
                mappings,
                new Publishing(
                        protect,
                        settings.flag("snat", true),
                        settings.flag("masqAll", false),
                        FrameworkSetting.read(settings, "backend")));
    }

    private static PortMapping mapping(PortMap map) {
        return new PortMapping(map.hostIp(), map.hostPort(), map.containerPort(), map.protocol());
    }

    private static void refuse(String key, String value) {
        throw new CniException(ErrorCode.UNSUPPORTED_FIELD, key + " \"" + value + "\": not supported");
    }
}
