package io.netd.daemon.folder;

import io.netd.cni.CniException;
import io.netd.cni.CniVersion;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkName;
import io.netd.cni.Settings;
import io.netd.linux.fs.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One network as a runtime reads it from its folder.
 *
 * @param plugins the chain, in order
 */
record NetworkFile(String name, List<Member> plugins) {
    /** One byte more than is taken, to see that it was too much. */
    private static final int LIMIT = (1 << 20) + 1;

    /**
     * One plugin of the chain.
     *
     * @param file where it is written, within the runtime's folder
     * @param settings its configuration with the network's name and version
     */
    record Member(String file, Settings settings) {}

    /** Keeps a copy. */
    NetworkFile {
        plugins = List.copyOf(plugins);
    }

    /**
     * Reads a list of plugins, with those that libcni takes from the folder of the network's name beside it, or a single
     * one.
     *
     * @throws CniException when a runtime could not make a network of it
     */
    static NetworkFile read(Path file) {
        String name = name(file);
        Settings settings = settings(bytes(file));
        if (!name.endsWith(".conflist")) {
            return single(name, settings);
        }
        List<Member> plugins = new ArrayList<>(inlined(name, settings));
        if (!settings.flagOrWord("loadOnlyInlinedPlugins")) {
            plugins.addAll(beside(file, settings));
        }
        if (plugins.isEmpty()) {
            throw new CniException(ErrorCode.INVALID_CONFIG, "plugins: no plugin in the list");
        }
        return new NetworkFile(text(settings, "name"), plugins);
    }

    private static NetworkFile single(String file, Settings settings) {
        return new NetworkFile(text(settings, "name"), List.of(new Member(file, settings)));
    }

    /** An empty list is an error even if there are plugins beside it; without a list those count alone. */
    private static List<Member> inlined(String file, Settings list) {
        List<Settings> plugins = list.list("plugins");
        boolean mayBeElsewhere = !list.has("plugins") && !list.flagOrWord("loadOnlyInlinedPlugins");
        if (plugins.isEmpty() && !mayBeElsewhere) {
            throw new CniException(ErrorCode.INVALID_CONFIG, "plugins: no plugin in the list");
        }
        list.flagOrWord("disableCheck");
        list.flagOrWord("disableGC");
        return plugins.stream()
                .map(plugin -> new Member(file, inherit(plugin, list)))
                .toList();
    }

    private static List<Member> beside(Path file, Settings list) {
        String network = new NetworkName(text(list, "name")).value();
        Path folder = file.resolveSibling(network);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try {
            return Keepsakes.namesIn(folder).stream()
                    .filter(name -> name.endsWith(".conf") && !Files.isDirectory(folder.resolve(name)))
                    .map(name ->
                            within(network + "/" + name, () -> inherit(settings(bytes(folder.resolve(name))), list)))
                    .toList();
        } catch (IOException e) {
            throw new CniException(ErrorCode.IO_FAILURE, network + ": " + FileFailure.reason(e), e);
        }
    }

    private static Member within(String file, Supplier<Settings> reading) {
        try {
            return new Member(file, reading.get());
        } catch (CniException e) {
            throw e.within(file);
        }
    }

    /** A plugin's configuration as it is handed over, with what libcni puts into it. */
    private static Settings inherit(Settings plugin, Settings list) {
        Settings named = plugin.with("name", text(list, "name"));
        Settings whole =
                version(list).map(text -> named.with("cniVersion", text)).orElse(named);
        return Settings.parse(whole.toBytes());
    }

    /** The newest that both know of those offered, the one that is named among them. */
    private static Optional<String> version(Settings list) {
        Optional<String> named = list.text("cniVersion");
        if (!list.has("cniVersions")) {
            return named;
        }
        return Stream.concat(list.texts("cniVersions").stream(), named.stream())
                .flatMap(text -> CniVersion.of(text).stream())
                .max(Comparator.naturalOrder())
                .map(CniVersion::toString)
                .or(() -> named);
    }

    private static String text(Settings settings, String key) {
        return settings.text(key).orElse("");
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static Settings settings(byte[] json) {
        if (json.length == 0) {
            throw new CniException(ErrorCode.DECODING_FAILURE, "the file is empty");
        }
        return Settings.parse(json);
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
