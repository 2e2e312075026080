package io.netd.netctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.netd.netctl.output.Json;
import io.netd.netctl.output.Template;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code netctl info}. */
@Command(name = "info", description = "Display system-wide information")
final class Info implements NetctlCommand {
    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public int run(Session session) {
        Map<String, Object> info = session.netd().info();
        if (format.value().isPresent()) {
            JsonNode tree = Json.tree(info);
            String wanted = format.value().get();
            session.out().println(wanted.equals("json") ? tree.toString() : Template.render(wanted, tree));
            return 0;
        }
        print(session.out(), info, "");
        return 0;
    }

    private static void print(PrintStream out, Map<?, ?> values, String indent) {
        values.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                out.println(indent + key + ":");
                print(out, inner, indent + " ");
            } else if (value instanceof Collection<?> items) {
                out.println(indent + key + ":");
                items.forEach(item -> out.println(indent + " " + item));
            } else {
                out.println(indent + key + ": " + value);
            }
        });
    }
}
