package io.netd.netctl.command;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The {@code --format} option that every listing has. */
final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "string",
            description = "table (default), json (one object a line), or a template such as '{{.Name}}'")
    private String format = "";

    /** The format asked for; empty for the table. */
    Optional<String> value() {
        return format.isEmpty() || format.equals("table") ? Optional.empty() : Optional.of(format);
    }
}
