package io.netd.netctl.output;

import java.time.Duration;

/** Durations in words, as docker words them. */
public final class HumanDuration {
    private HumanDuration() {}

    /** "About a minute", "3 hours" and so on; negative durations count as zero. */
    public static String of(Duration duration) {
        long seconds = duration.getSeconds();
        long minutes = seconds / 60;
        if (seconds < 1) {
            return "Less than a second";
        }
        if (seconds < 60) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        }
        if (minutes < 60) {
            return minutes == 1 ? "About a minute" : minutes + " minutes";
        }
        return ofHours((minutes + 30) / 60);
    }

    private static String ofHours(long hours) {
        if (hours < 48) {
            return hours == 1 ? "About an hour" : hours + " hours";
        }
        if (hours < 24 * 7 * 2) {
            return hours / 24 + " days";
        }
        if (hours < 24 * 30 * 2) {
            return hours / 24 / 7 + " weeks";
        }
        return hours < 24 * 365 * 2 ? hours / 24 / 30 + " months" : hours / 24 / 365 + " years";
    }
}
