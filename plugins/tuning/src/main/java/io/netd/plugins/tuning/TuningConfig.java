package io.netd.plugins.tuning;

import io.netd.address.MacAddress;
import io.netd.cni.CniArgs;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tuning plugin's configuration, keys and defaults as the reference plugin has them.
 *
 * @param sysctls what is written to the namespace's parameters
 * @param link what is set on the container's interface
 * @param dataDir where the interface's former settings are kept
 */
record TuningConfig(List<Parameter> sysctls, LinkSettings link, Path dataDir) {
    private static final String SYSCTL = "sysctl";
    private static final Path DATA_DIR = Path.of("/run/cni/tuning");

    /** Keeps a copy. */
    TuningConfig {
        sysctls = List.copyOf(sysctls);
    }

    /**
     * Reads the configuration. Of several hardware addresses {@code args.cni.mac} wins, then {@code runtimeConfig.mac},
     * then CNI_ARGS' {@code MAC}; all else under {@code args.cni} wins as well.
     *
     * @throws CniException with code 7 for an option that makes no sense, code 4 for such an argument
     */
    static TuningConfig read(NetworkConfig network, CniArgs args, InterfaceName ifName) {
        Settings settings = network.settings();
        Settings wishes = settings.settings("args")
                .flatMap(known -> known.settings("cni"))
                .orElse(Settings.EMPTY);
        LinkSettings link = LinkSettings.read(settings)
                .overriddenBy(mac(args.mac()))
                .overriddenBy(mac(network.runtimeConfig().mac()))
                .overriddenBy(LinkSettings.read(wishes))
                .effective();
        Map<String, Parameter> sysctls = sysctls(settings, ifName);
        sysctls.putAll(sysctls(wishes, ifName));
        return new TuningConfig(List.copyOf(sysctls.values()), link, dataDir(settings));
    }

    /**
     * The folder of former settings, which is what DEL needs when nothing else is right.
     *
     * @throws CniException with code 7 when it is no absolute path
     */
    static Path dataDir(Settings settings) {
        Path path = settings.value("dataDir", Path::of).orElse(DATA_DIR);
        if (!path.isAbsolute()) {
            throw settings.invalid("dataDir", "must be an absolute path");
        }
        return path.normalize();
    }

    /** Whether nothing is wanted: podman's and nerdctl's chains end so. */
    boolean isEmpty() {
        return sysctls.isEmpty() && link.isEmpty();
    }

    private static Map<String, Parameter> sysctls(Settings settings, InterfaceName ifName) {
        Map<String, Parameter> byPath = new LinkedHashMap<>();
        settings.textMap(SYSCTL).forEach((key, value) -> {
            Parameter parameter = parameter(key, value, ifName);
            if (byPath.put(parameter.path(), parameter) != null) {
                throw refused(key, "duplicated sysctl keys are not allowed");
            }
        });
        return byPath;
    }

    private static Parameter parameter(String key, String value, InterfaceName ifName) {
        try {
            return Parameter.of(key, value, ifName.value());
        } catch (IllegalArgumentException e) {
            throw refused(key, String.valueOf(e.getMessage()));
        }
    }

    private static CniException refused(String key, String fault) {
        return new CniException(ErrorCode.INVALID_CONFIG, SYSCTL + " \"" + key + "\": " + fault);
    }

    private static LinkSettings mac(Optional<MacAddress> mac) {
        return new LinkSettings(mac, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
