package io.netd.daemon.config;

import java.util.Locale;
import java.util.logging.Level;

/** How much the daemon logs. */
public enum LogLevel {
    /** Everything. */
    DEBUG(Level.FINE),
    /** What changes. */
    INFO(Level.INFO),
    /** What is strange. */
    WARN(Level.WARNING),
    /** What failed. */
    ERROR(Level.SEVERE);

    private final Level level;

    LogLevel(Level level) {
        this.level = level;
    }

    /** The logging framework's word for it. */
    public Level level() {
        return level;
    }

    static LogLevel parse(String text) {
        for (LogLevel candidate : values()) {
            if (candidate.name().toLowerCase(Locale.ROOT).equals(text)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("invalid log level: " + text);
    }
}
