package io.netd.netctl.command;

import io.netd.netctl.api.NetdException;
import java.util.List;
import java.util.Locale;

/** Signal names and numbers (signal(7), the numbers of x86 and ARM). */
final class Signal {
    private static final List<String> NAMES = List.of(
            "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE",
            "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM",
            "PROF", "WINCH", "IO", "PWR", "SYS");
    private static final int LAST = 64;

    private Signal() {}

    /** Reads {@code 9}, {@code KILL} or {@code SIGKILL}. */
    static int parse(String text) {
        String name = text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
        int number = name.matches("\\d{1,2}") ? Integer.parseInt(name) : NAMES.indexOf(name);
        if (number < 1 || number > LAST) {
            throw new NetdException(NetdException.Kind.INVALID, "invalid signal: " + text);
        }
        return number;
    }
}
