package io.netd.netctl;

import io.netd.netctl.api.Netd;
import io.netd.netctl.api.NetdException;
import io.netd.netctl.api.Terminal;
import io.netd.netctl.command.Commands;
import io.netd.netctl.command.NetctlCommand;
import io.netd.netctl.command.Session;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Runs one command line. Stateless; called on the command's own platform thread, which may block. */
public final class NetctlMain {
    private static final int USAGE = 125;
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
        if (arguments.isEmpty() || List.of("--help", "-h", "help").contains(arguments.get(0))) {
            Help.overview(session.out());
            return 0;
        }
        if (List.of("--version", "-v").contains(arguments.get(0))) {
            session.out().println("netctl version " + session.netd().version().version());
            return 0;
        }
        return Commands.find(arguments)
                .map(found -> parseAndRun(found, session))
                .orElseGet(() -> unknown(arguments, session));
    }

    private static int unknown(List<String> arguments, Session session) {
        session.err().println("netctl: '" + arguments.get(0) + "' is not a netctl command.\nSee 'netctl --help'");
        return 1;
    }

    private static int parseAndRun(Commands.Found found, Session session) {
        CommandLine line = new CommandLine(found.command());
        line.setStopAtPositional(found.command().stopsAtFirstArgument());
        line.setUnmatchedOptionsArePositionalParams(false);
        if (Help.isAskedFor(found)) {
            Help.of(found.name(), line, session.out());
            return 0;
        }
        try {
            line.parseArgs(found.arguments().toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            return wrongUsage(found, e, session);
        }
        return runParsed(found.command(), session);
    }

    private static int wrongUsage(Commands.Found found, CommandLine.ParameterException e, Session session) {
        boolean unknownOption =
                e instanceof CommandLine.UnmatchedArgumentException unmatched && unmatched.isUnknownOption();
        String message = unknownOption
                ? "unknown flag: "
                        + ((CommandLine.UnmatchedArgumentException) e)
                                .getUnmatched()
                                .get(0)
                : Help.lowerFirst(e.getMessage());
        session.err()
                .println("netctl: " + message + "\n\nRun 'netctl " + found.name() + " --help' for more information");
        return unknownOption ? USAGE : Math.max(WRONG_ARGUMENTS, found.command().failureCode());
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
