package io.netd.netctl;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** One command's help, as docker lays it out. */
record HelpPage(String name, CommandSpec spec) {
    void print(PrintStream out) {
        out.println(usage());
        out.println("\n" + String.join(" ", spec.usageMessage().description()));
        List<OptionSpec> options = options();
        if (options.isEmpty()) {
            return;
        }
        out.println("\nOptions:");
        int width =
                options.stream().mapToInt(option -> flag(option).length()).max().orElse(0);
        for (OptionSpec option : options) {
            out.printf("  %-" + width + "s   %s%n", flag(option), String.join(" ", option.description()));
        }
    }

    /** {@code Usage:} and how the command is called. */
    String usage() {
        return Stream.of("Usage:  netctl", name, options().isEmpty() ? "" : "[OPTIONS]", arguments())
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private List<OptionSpec> options() {
        return spec.options().stream()
                .filter(option -> !option.usageHelp())
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .toList();
    }

    private String arguments() {
        String[] own = spec.usageMessage().customSynopsis();
        return own.length > 0
                ? String.join(" ", own)
                : spec.positionalParameters().stream().map(HelpPage::argument).collect(Collectors.joining(" "));
    }

    private static String argument(PositionalParamSpec argument) {
        String label = argument.paramLabel();
        String first = argument.arity().min() > 0 ? label : "[" + label + "]";
        return argument.arity().max() > 1 ? first + " [" + label + "...]" : first;
    }

    private static String flag(OptionSpec option) {
        String letter = Arrays.stream(option.names())
                .filter(flag -> !flag.startsWith("--"))
                .findFirst()
                .map(flag -> flag + ", ")
                .orElse("    ");
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        return letter + option.longestName() + value;
    }
}
