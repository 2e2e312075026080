package io.netd.daemon.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The daemon's command line; the flags are dockerd's, and the same options as in {@code daemon.json}. Read by hand: a
 * command-line library costs a tenth of a second of every start.
 */
public final class Flags {
    private final Map<Option, List<String>> values = new EnumMap<>(Option.class);
    private Optional<String> configFile = Optional.empty();
    private boolean isValidation;
    private boolean isHelp;
    private boolean isVersion;

    /**
     * Reads the arguments: {@code --flag value} or {@code --flag=value}; a switch may stand alone.
     *
     * @throws ConfigException when they make no sense
     */
    public Flags(List<String> arguments) {
        Arguments rest = new Arguments(arguments);
        while (rest.hasNext()) {
            read(rest.next(), rest);
        }
    }

    private void read(String word, Arguments rest) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Optional<String> inline = equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
        switch (name) {
            case "-h", "--help" -> isHelp = true;
            case "-v", "--version" -> isVersion = true;
            case "--validate" -> isValidation = true;
            case "--config-file" -> configFile = Optional.of(inline.orElseGet(() -> rest.valueOf(name)));
            default -> read(option(word, name), name, inline, rest);
        }
    }

    private void read(Option option, String name, Optional<String> inline, Arguments rest) {
        String value = inline.orElseGet(() -> option.kind() == Option.Kind.FLAG ? "true" : rest.valueOf(name));
        List<String> known = values.computeIfAbsent(option, key -> new ArrayList<>());
        if (!option.kind().isRepeatable()) {
            known.clear();
        }
        known.add(value);
    }

    private static Option option(String word, String name) {
        for (Option option : Option.values()) {
            if (name.equals("--" + option.flag()) || name.equals("-H") && option == Option.HOSTS) {
                return option;
            }
        }
        throw new ConfigException(word.startsWith("-") ? "unknown flag: " + name : "unknown argument: " + word);
    }

    /** The options that were given, as text. */
    public Map<Option, List<String>> values() {
        return Map.copyOf(values);
    }

    /** The configuration file, when one was named. */
    public Optional<Path> configFile() {
        return configFile.map(Path::of);
    }

    /** Whether the configuration is only to be checked. */
    public boolean isValidation() {
        return isValidation;
    }

    /** Whether help is asked for. */
    public boolean isHelp() {
        return isHelp;
    }

    /** Whether the version is asked for. */
    public boolean isVersion() {
        return isVersion;
    }

    /** One line for each flag. */
    public static String help() {
        StringBuilder text = new StringBuilder("Usage: netd [OPTIONS]\n\nManages the network modes of containers.\n\n");
        for (Option option : Option.values()) {
            line(
                    text,
                    (option == Option.HOSTS ? "-H, --" : "    --") + option.flag() + word(option.kind()),
                    option.help());
        }
        line(text, "    --config-file FILE", "Configuration file (default " + DaemonConfig.USUAL_FILE + ")");
        line(text, "    --validate", "Check the configuration and exit");
        line(text, "-v, --version", "Print the version and exit");
        line(text, "-h, --help", "Print this and exit");
        return text.toString();
    }

    private static String word(Option.Kind kind) {
        return switch (kind) {
            case FLAG -> "";
            case NUMBER -> " NUMBER";
            case TEXT, TEXTS, POOLS -> " VALUE";
        };
    }

    private static void line(StringBuilder text, String flag, String help) {
        text.append(String.format("  %-34s %s%n", flag, help));
    }
}
