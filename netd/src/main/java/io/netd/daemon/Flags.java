package io.netd.daemon;

import io.netd.daemon.config.Option;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The daemon's command line; the flags are dockerd's, and the same options as in {@code daemon.json}. */
final class Flags {
    private static final String CONFIG_FILE = "--config-file";
    private static final String VALIDATE = "--validate";
    private static final String HELP = "--help";
    private static final String VERSION = "--version";

    private final CommandSpec spec = CommandSpec.create();
    private final ParseResult parsed;

    /**
     * Reads the arguments.
     *
     * @throws CommandLine.ParameterException when they make no sense; the message is for the user
     */
    Flags(String... arguments) {
        spec.name("netd").usageMessage().description("Manages the network modes of containers on this host.");
        for (Option option : Option.values()) {
            spec.addOption(flag(option));
        }
        spec.addOption(OptionSpec.builder(CONFIG_FILE)
                .paramLabel("FILE")
                .type(String.class)
                .description("Daemon configuration file (default /etc/netd/daemon.json)")
                .build());
        spec.addOption(OptionSpec.builder(VALIDATE)
                .description("Check the configuration and exit")
                .build());
        spec.addOption(OptionSpec.builder("-h", HELP)
                .usageHelp(true)
                .description("Print this and exit")
                .build());
        spec.addOption(OptionSpec.builder("-v", VERSION)
                .versionHelp(true)
                .description("Print the version and exit")
                .build());
        parsed = new CommandLine(spec).parseArgs(arguments);
    }

    private static OptionSpec flag(Option option) {
        String name = "--" + option.flag();
        OptionSpec.Builder builder = option == Option.HOSTS ? OptionSpec.builder("-H", name) : OptionSpec.builder(name);
        builder.description(option.help());
        if (option.kind() == Option.Kind.FLAG) {
            return builder.arity("0..1")
                    .fallbackValue("true")
                    .type(String.class)
                    .build();
        }
        builder.paramLabel(option.kind() == Option.Kind.NUMBER ? "NUMBER" : "VALUE");
        return option.kind().isRepeatable()
                ? builder.type(List.class).auxiliaryTypes(String.class).build()
                : builder.type(String.class).build();
    }

    /** The options that were given, as text. */
    Map<Option, List<String>> values() {
        Map<Option, List<String>> values = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            String name = "--" + option.flag();
            if (parsed.hasMatchedOption(name)) {
                values.put(option, texts(option, name));
            }
        }
        return values;
    }

    private List<String> texts(Option option, String name) {
        if (!option.kind().isRepeatable()) {
            return List.of(parsed.matchedOptionValue(name, ""));
        }
        return List.copyOf(parsed.matchedOptionValue(name, List.<String>of()));
    }

    /** The configuration file, when one was named; relative to where the caller stands. */
    Optional<Path> configFile() {
        Path here = Path.of(System.getProperty("netd.cwd", ""));
        return Optional.ofNullable(parsed.matchedOptionValue(CONFIG_FILE, (String) null))
                .map(here::resolve);
    }

    boolean isValidation() {
        return parsed.hasMatchedOption(VALIDATE);
    }

    boolean isHelp() {
        return parsed.isUsageHelpRequested();
    }

    boolean isVersion() {
        return parsed.isVersionHelpRequested();
    }

    String help() {
        return new CommandLine(spec).getUsageMessage();
    }
}
