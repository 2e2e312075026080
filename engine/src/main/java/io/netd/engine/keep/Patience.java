package io.netd.engine.keep;

import java.time.Duration;

/**
 * How soon what somebody takes away is put back: at once, but he who keeps taking it away gets his way for longer and longer.
 * A tool that reloads does it several times in a row, so the first few do not count. Not thread-safe.
 */
final class Patience {
    /** How often in a row things are put back at once. */
    static final int AT_ONCE = 6;

    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** What is further apart is not in a row. */
    static final Duration CALM = Duration.ofSeconds(30);

    private int row;
    private long last;

    /**
     * Something was missing.
     *
     * @param now {@link System#nanoTime}
     */
    void count(long now) {
        if (row > 0 && now - last > CALM.plus(delay().multipliedBy(2)).toNanos()) {
            row = 0;
        }
        row++;
        last = now;
    }

    /** How long to wait before putting back the next; zero for at once. */
    Duration delay() {
        if (row <= AT_ONCE) {
            return Duration.ZERO;
        }
        long factor = 1L << Math.min(row - AT_ONCE - 1, 20);
        Duration delay = FIRST.multipliedBy(factor);
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }

    /** How often in a row something was missing. */
    int row() {
        return row;
    }
}
