package io.netd.netctl.command;

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
        format.text(info).ifPresentOrElse(session.out()::println, () -> print(session.out(), info));
        return 0;
    }

    /** The keys are words written together, as templates need them. */
    private static void print(PrintStream out, Map<String, Object> info) {
        info.forEach((key, value) -> {
            String label = key.replaceAll("(?<=[a-z])(?=[A-Z])", " ");
            if (value instanceof Collection<?> items) {
                out.println(label + ":");
                items.forEach(item -> out.println(" " + item));
            } else {
                out.println(label + ": " + value);
            }
        });
    }
}
