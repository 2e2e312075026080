package io.netd.daemon;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;

/**
 * One line for each record: time, level, who, what; an exception's trace behind it. What callers named may hold line breaks,
 * which must not make lines of their own.
 */
final class LineFormat extends Formatter {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    @Override
    public String format(LogRecord entry) {
        StringWriter text = new StringWriter();
        text.append(Instant.ofEpochMilli(entry.getMillis())
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString())
                .append(' ')
                .append(word(entry.getLevel()))
                .append(' ')
                .append(shortName(String.valueOf(entry.getLoggerName())))
                .append(": ")
                .append(printable(formatMessage(entry)))
                .append('\n');
        if (entry.getThrown() != null) {
            // Into the record's text: java.util.logging has no other way to write a trace.
            entry.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }

    private static String printable(String message) {
        return CONTROL.matcher(message)
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }

    private static String word(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (value >= Level.WARNING.intValue()) {
            return "warn";
        }
        return value >= Level.INFO.intValue() ? "info" : "debug";
    }

    private static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
