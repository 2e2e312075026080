package io.netd.netctl;

import io.netd.netctl.api.Netd;
import io.netd.netctl.api.NetdException;
import io.netd.netctl.api.Terminal;
import io.netd.netctl.command.Commands;
import io.netd.netctl.command.NetctlCommand;
import io.netd.netctl.command.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Runs one command line. Stateless; called on the command's own platform thread, which may block. */
public final class NetctlMain {
    private static final List<String> HELP = List.of("--help", "-h", "help");
    private static final int WRONG_FLAG = 125;
    private static final int WRONG_ARGUMENTS = 1;
    private static final int COMMAND_NOT_EXECUTABLE = 126;
    private static final int COMMAND_NOT_FOUND = 127;

    private NetctlMain() {}

    /**
     * Runs one command line without the leading program name.
     *
     * @return the exit code, as docker's
     */
    public static int run(List<String> arguments, Map<String, String> environment, Terminal terminal, Netd netd) {
        Session session = Session.of(netd, terminal, environment);
        try {
            return dispatch(arguments, session);
        } finally {
            session.out().flush();
            session.err().flush();
        }
    }

    private static int dispatch(List<String> arguments, Session session) {
        if (arguments.isEmpty()) {
            Help.overview(session.err());
            return 0;
        }
        if (List.of("--version", "-v").contains(arguments.get(0))) {
            session.out().println("netctl version " + session.netd().version().version());
            return 0;
        }
        if (HELP.contains(arguments.get(0))) {
            return help(arguments.subList(1, arguments.size()), session);
        }
        return Commands.find(arguments)
                .map(found -> parseAndRun(found, session))
                .or(() -> Commands.group(arguments.get(0)).map(purpose -> group(arguments, purpose, session)))
                .orElseGet(() -> unknown(arguments, session));
    }

    private static int help(List<String> topic, Session session) {
        if (topic.isEmpty()) {
            Help.overview(session.out());
            return 0;
        }
        Optional<Commands.Found> found = Commands.find(topic);
        Optional<String> purpose = Commands.group(topic.get(0));
        if (found.isPresent()) {
            page(found.get()).print(session.out());
        } else if (purpose.isPresent()) {
            Help.group(topic.get(0), purpose.get(), session.out());
        } else {
            session.err().println("unknown help topic: " + String.join(" ", topic));
            return 1;
        }
        return 0;
    }

    /** A first word that is no command by itself: alone it shows what may follow. */
    private static int group(List<String> arguments, String purpose, Session session) {
        String word = arguments.get(0);
        if (arguments.size() == 1 || HELP.contains(arguments.get(1))) {
            Help.group(word, purpose, arguments.size() == 1 ? session.err() : session.out());
            return 0;
        }
        String next = arguments.get(1);
        boolean isFlag = next.startsWith("-");
        session.err()
                .println("netctl: " + (isFlag ? "unknown flag: " : "unknown command: netctl " + word + " ") + next
                        + "\n\nUsage:  netctl " + word + "\n\nRun 'netctl " + word + " --help' for more information");
        return isFlag ? WRONG_FLAG : WRONG_ARGUMENTS;
    }

    private static int unknown(List<String> arguments, Session session) {
        if (arguments.get(0).startsWith("-")) {
            session.err().println("netctl: unknown flag: " + arguments.get(0) + "\nSee 'netctl --help'");
            return WRONG_FLAG;
        }
        session.err().println("netctl: '" + arguments.get(0) + "' is not a netctl command.\nSee 'netctl --help'");
        return 1;
    }

    private static HelpPage page(Commands.Found found) {
        return new HelpPage(found.name(), new CommandLine(found.command()).getCommandSpec());
    }

    private static int parseAndRun(Commands.Found found, Session session) {
        CommandLine line = new CommandLine(found.command());
        line.setStopAtPositional(found.command().stopsAtFirstArgument());
        line.setUnmatchedOptionsArePositionalParams(false);
        line.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("--help")
                        .usageHelp(true)
                        .build());
        try {
            line.parseArgs(found.arguments().toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            return wrongUsage(found, e, session);
        }
        if (line.isUsageHelpRequested()) {
            page(found).print(session.out());
            return 0;
        }
        return runParsed(found.command(), session);
    }

    private static int wrongUsage(Commands.Found found, CommandLine.ParameterException e, Session session) {
        UsageError error = UsageError.of(e);
        session.err()
                .println("netctl: " + error.message() + "\n\n" + page(found).usage() + "\n\nRun 'netctl " + found.name()
                        + " --help' for more information");
        return error.isFlag() ? WRONG_FLAG : WRONG_ARGUMENTS;
    }

    private static int runParsed(NetctlCommand command, Session session) {
        try {
            return command.run(session);
        } catch (NetdException e) {
            session.err().println("netctl: Error response from daemon: " + e.getMessage());
            return switch (e.kind()) {
                case COMMAND_NOT_FOUND -> COMMAND_NOT_FOUND;
                case COMMAND_NOT_EXECUTABLE -> COMMAND_NOT_EXECUTABLE;
                default -> command.failureCode();
            };
        } catch (java.io.UncheckedIOException e) {
            session.err()
                    .println("netctl: "
                            + Help.lowerFirst(String.valueOf(e.getCause().getMessage())));
            return 1;
        } catch (IllegalArgumentException e) {
            session.err().println("netctl: " + e.getMessage());
            return 1;
        }
    }
}
