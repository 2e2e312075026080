package io.netd.daemon.folder;

import io.netd.cni.CniException;
import io.netd.cni.CniVersion;
import io.netd.cni.ErrorCode;
import io.netd.cni.Settings;
import io.netd.linux.fs.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One network as a runtime reads it from its folder.
 *
 * @param plugins the chain's configurations, each with the network's name and version
 */
record NetworkFile(String name, List<Settings> plugins) {
    /** One byte more than is taken, to see that it was too much. */
    private static final int LIMIT = (1 << 20) + 1;

    /**
     * Reads a list of plugins, or a single one.
     *
     * @throws CniException when a runtime could not make a network of it
     */
    static NetworkFile read(Path file) {
        return parse(file.getFileName().toString(), bytes(file));
    }

    static NetworkFile parse(String file, byte[] json) {
        if (json.length == 0) {
            throw new CniException(ErrorCode.DECODING_FAILURE, "the file is empty");
        }
        Settings settings = Settings.parse(json);
        String name = settings.text("name").orElse("");
        if (!file.endsWith(".conflist")) {
            return new NetworkFile(name, List.of(settings));
        }
        List<Settings> plugins = settings.list("plugins");
        if (plugins.isEmpty()) {
            throw new CniException(ErrorCode.INVALID_CONFIG, "plugins: no plugin in the list");
        }
        Optional<String> version = version(settings);
        return new NetworkFile(
                name,
                plugins.stream().map(plugin -> inherit(plugin, name, version)).toList());
    }

    /** A plugin's configuration as it is handed over, with what libcni puts into it. */
    private static Settings inherit(Settings plugin, String name, Optional<String> version) {
        Settings named = plugin.with("name", name);
        Settings whole = version.map(text -> named.with("cniVersion", text)).orElse(named);
        return Settings.parse(whole.toBytes());
    }

    /** The newest that both know of those offered, or the one that is named. */
    private static Optional<String> version(Settings settings) {
        return settings.texts("cniVersions").stream()
                .flatMap(text -> CniVersion.of(text).stream())
                .max(Comparator.naturalOrder())
                .map(CniVersion::toString)
                .or(() -> settings.text("cniVersion"));
    }

    private static byte[] bytes(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CniException(ErrorCode.IO_FAILURE, Files.exists(file) ? "no regular file" : "no such file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LIMIT);
        } catch (IOException e) {
            throw new CniException(ErrorCode.IO_FAILURE, FileFailure.reason(e), e);
        }
    }
}
