package io.netd.netctl;

import io.netd.netctl.command.Commands;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;

/** Help texts: the overview, and one page a command. */
final class Help {
    private Help() {}

    static void overview(PrintStream out) {
        out.println("Usage:  netctl [-H unix://PATH | -H tcp://127.0.0.1:PORT] COMMAND\n");
        out.println("Manage containers and their networks on this host\n");
        out.println("Commands:");
        for (String name : Commands.names()) {
            String[] description = new CommandLine(Commands.make(name))
                    .getCommandSpec()
                    .usageMessage()
                    .description();
            out.printf("  %-18s%s%n", name, String.join(" ", description));
        }
        out.println("\nRun 'netctl COMMAND --help' for more information on a command.");
    }

    static void of(String name, CommandLine line, PrintStream out) {
        line.getCommandSpec().name("netctl " + name);
        line.usage(out, CommandLine.Help.Ansi.OFF);
    }

    /** Whether {@code --help} stands among the command's own options. */
    static boolean isAskedFor(Commands.Found found) {
        List<String> own = found.arguments();
        if (found.command().stopsAtFirstArgument()) {
            return !own.isEmpty() && own.get(0).equals("--help");
        }
        return own.contains("--help");
    }

    static String lowerFirst(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
