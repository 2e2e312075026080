package io.netd.daemon.folder;

import io.netd.cni.CniException;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import io.netd.netctl.api.DoctorCheck.Verdict;
import io.netd.netctl.api.PluginCheck;
import io.netd.plugins.spi.Plugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Says how the plugins of a network stand.
 *
 * @param plugins the types that netd serves
 * @param binaries the runtime's plugin folder
 * @param home netd's own
 */
record PluginVerdicts(List<Plugin> plugins, Path binaries, Path home, DaemonStatus status) {
    /** Keys that belong to the protocol and its runtimes. */
    private static final Set<String> COMMON =
            Set.of("cniversion", "name", "type", "capabilities", "args", "runtimeconfig", "prevresult");

    /** How a plugin stands. */
    private record Found(Verdict verdict, String finding) {}

    /** One check for each plugin of the chain. */
    List<PluginCheck> of(NetworkFile network, boolean isDefault) {
        return network.plugins().stream()
                .map(plugin -> check(network.name(), plugin.file(), isDefault, plugin.settings()))
                .toList();
    }

    private PluginCheck check(String network, String file, boolean isDefault, Settings settings) {
        String type = "";
        Found found;
        try {
            type = settings.text("type").orElse("");
            found = found(NetworkConfig.read(settings.watched()));
        } catch (CniException e) {
            found = new Found(Verdict.FAILED, e.getMessage());
        }
        return new PluginCheck(network, isDefault, file, type, found.verdict(), found.finding());
    }

    private Found found(NetworkConfig config) {
        String type = config.type();
        if (type.isEmpty()) {
            return new Found(Verdict.FAILED, "type: missing, so no plugin can be called");
        }
        Optional<Plugin> served =
                plugins.stream().filter(plugin -> plugin.type().equals(type)).findFirst();
        served.ifPresent(plugin -> plugin.read(config));
        Path binary = binaries.resolve(type);
        if (!Files.isRegularFile(binary) || !Files.isExecutable(binary)) {
            String advice = served.isPresent() ? ": netctl cni install puts netd's there" : "";
            return new Found(Verdict.FAILED, "no program " + binary + advice);
        }
        return served.isPresent() ? served(config, binary) : new Found(Verdict.OK, "not netd's; " + binary);
    }

    private Found served(NetworkConfig config, Path binary) {
        if (!isNetds(binary, config.type())) {
            return new Found(Verdict.WARNING, binary + " is not netd's: netctl cni install puts netd's there");
        }
        if (status.fault().isPresent()) {
            return new Found(Verdict.FAILED, status.fault().get());
        }
        List<String> unknown = config.settings().unread().stream()
                .filter(key -> !COMMON.contains(key.split("[.\\[]")[0].toLowerCase(Locale.ROOT)))
                .toList();
        return unknown.isEmpty()
                ? new Found(Verdict.OK, "netd serves it")
                : new Found(Verdict.WARNING, "unknown option, ignored: " + String.join(", ", unknown));
    }

    private boolean isNetds(Path binary, String type) {
        try {
            return Files.isSameFile(binary, home.resolve(type));
        } catch (IOException e) {
            return false;
        }
    }
}
