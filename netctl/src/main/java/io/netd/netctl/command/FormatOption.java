package io.netd.netctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.netd.netctl.output.Json;
import io.netd.netctl.output.Template;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The {@code --format} option of every command that shows what is there. */
final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "string",
            description =
                    "json (one object a line), or a template such as '{{.Field}}'; tables also 'table {{.Field}}'")
    private String format = "";

    /** The format asked for; empty for the table. */
    Optional<String> value() {
        return format.isEmpty() || format.equals("table") ? Optional.empty() : Optional.of(format);
    }

    /** One thing as JSON or as the template says it; empty for the usual text. */
    Optional<String> text(Object thing) {
        JsonNode tree = Json.tree(thing);
        return value().map(wanted -> wanted.equals("json") ? tree.toString() : Template.render(wanted, tree));
    }
}
