package io.netd.daemon.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts flags and file together. */
public final class ConfigSources {
    private ConfigSources() {}

    /**
     * Reads and judges everything.
     *
     * @param flags values given as flags
     * @param file given by {@code --config-file}; without it the usual one is read if it is there
     * @throws ConfigException one line that names the file or flag and what is wrong
     */
    public static DaemonConfig read(Map<Option, List<String>> flags, Optional<Path> file) {
        Path path = file.orElse(DaemonConfig.USUAL_FILE);
        if (file.isEmpty() && !Files.exists(path)) {
            return DaemonConfig.of(flags);
        }
        try {
            return DaemonConfig.of(joined(flags, ConfigFile.read(path)));
        } catch (ConfigException e) {
            throw new ConfigException("unable to configure the netd daemon with file " + path + ": " + e.getMessage());
        }
    }

    private static Map<Option, List<String>> joined(Map<Option, List<String>> flags, Map<Option, List<String>> file) {
        List<String> twice = new ArrayList<>();
        Map<Option, List<String>> joined = new EnumMap<>(Option.class);
        joined.putAll(file);
        flags.forEach((option, values) -> {
            List<String> other = joined.put(option, values);
            if (other != null) {
                twice.add(option.key() + ": (from flag: " + text(option, values) + ", from file: " + text(option, other)
                        + ")");
            }
        });
        if (!twice.isEmpty()) {
            throw new ConfigException(
                    "the following directives are specified both as a flag and in the configuration file: "
                            + String.join(", ", twice));
        }
        return joined;
    }

    private static String text(Option option, List<String> values) {
        return option.kind().isRepeatable() ? values.toString() : values.get(0);
    }
}
