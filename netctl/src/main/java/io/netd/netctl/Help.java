package io.netd.netctl;

import io.netd.netctl.command.Commands;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;

/** Help texts above the single command: the overview, and a page for each first word that several commands share. */
final class Help {
    private Help() {}

    static void overview(PrintStream out) {
        out.println("Usage:  netctl [-H unix://PATH | -H tcp://127.0.0.1:PORT] COMMAND\n");
        out.println("Manage containers and their networks on this host\n");
        out.println("Commands:");
        for (String name : Commands.names()) {
            out.printf("  %-18s%s%n", name, description(name));
        }
        out.println("\nRun 'netctl COMMAND --help' for more information on a command.");
    }

    /** The commands that begin with a word. */
    static void group(String word, String purpose, PrintStream out) {
        out.println("Usage:  netctl " + word + " COMMAND\n\n" + purpose + "\n\nCommands:");
        List<String> names = Commands.names().stream()
                .filter(name -> name.startsWith(word + " "))
                .toList();
        int width = names.stream().mapToInt(String::length).max().orElse(0) - word.length() - 1;
        for (String name : names) {
            out.printf("  %-" + width + "s   %s%n", name.substring(word.length() + 1), description(name));
        }
        out.println("\nRun 'netctl " + word + " COMMAND --help' for more information on a command.");
    }

    private static String description(String name) {
        return String.join(
                " ",
                new CommandLine(Commands.make(name))
                        .getCommandSpec()
                        .usageMessage()
                        .description());
    }

    static String lowerFirst(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
