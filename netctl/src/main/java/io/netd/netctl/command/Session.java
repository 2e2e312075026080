package io.netd.netctl.command;

import io.netd.netctl.api.Netd;
import io.netd.netctl.api.Terminal;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What one command has at hand: the daemon, the user's terminal and his environment.
 *
 * @param out UTF-8 text to the user's standard output
 * @param err UTF-8 text to the user's standard error
 */
public record Session(Netd netd, Terminal terminal, Map<String, String> environment, PrintStream out, PrintStream err) {
    /** A session over a terminal. */
    public static Session of(Netd netd, Terminal terminal, Map<String, String> environment) {
        return new Session(
                netd,
                terminal,
                Map.copyOf(environment),
                new PrintStream(terminal.out(), false, StandardCharsets.UTF_8),
                new PrintStream(terminal.err(), false, StandardCharsets.UTF_8));
    }
}
