package io.netd.daemon;

import io.netd.daemon.config.LogLevel;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** The daemon's log: lines on standard error, for a person or for journald. */
final class LogSetup {
    /** Libraries say nothing of interest below this. */
    private static final Level LIBRARIES = Level.WARNING;

    /** Loggers are forgotten when nobody holds them, with their level. */
    private static final Logger OURS = Logger.getLogger("io.netd");

    private LogSetup() {}

    static void apply(LogLevel level) {
        LogManager.getLogManager().reset();
        Handler handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        handler.setFormatter(new LineFormat());
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        root.setLevel(LIBRARIES);
        OURS.setLevel(level.level());
    }
}
