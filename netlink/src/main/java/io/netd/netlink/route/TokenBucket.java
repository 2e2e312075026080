package io.netd.netlink.route;

/**
 * How a token bucket filter (tbf) lets packets pass.
 *
 * @param rate bytes a second, from 1
 * @param buffer how long the bucket's bytes last at that rate, in the kernel's ticks of 64 ns, from 1. The kernel shows the
 *     lower 32 bits only, see {@link #isShownAs}
 * @param limit how many bytes may be in the bucket and waiting, from 1 to 2^32 - 1
 */
public record TokenBucket(long rate, long buffer, long limit) {
    private static final double MICROS = 1_000_000;
    private static final double TICKS_PER_MICRO = 1000.0 / 64;
    static final double SECONDS_PER_TICK = 64e-9;
    static final long MAX_U32 = 0xffff_ffffL;

    /** Refuses what no bucket can be. */
    public TokenBucket {
        if (rate < 1 || buffer < 1 || limit < 1 || limit > MAX_U32) {
            throw new IllegalArgumentException(
                    "no token bucket: rate " + rate + " bytes/s, " + buffer + " ticks, limit " + limit + " bytes");
        }
    }

    /**
     * A bucket as {@code tc} reckons it, in whole microseconds.
     *
     * @param rate bytes a second
     * @param burst bytes that pass at once
     * @param latency how long a packet may wait, in microseconds
     * @throws IllegalArgumentException when the burst lasts no microsecond
     */
    public static TokenBucket of(long rate, long burst, int latency) {
        long micros = rate < 1 ? 0 : (long) (burst * MICROS / rate);
        long limit = (long) (rate * (double) latency / MICROS) + burst;
        return new TokenBucket(rate, (long) (micros * TICKS_PER_MICRO), Math.min(limit, MAX_U32));
    }

    /** Whether the kernel, asked for this bucket, would list that one. */
    public boolean isShownAs(TokenBucket listed) {
        boolean isSameBuffer = buffer > MAX_U32 || buffer == listed.buffer;
        return rate == listed.rate && limit == listed.limit && isSameBuffer;
    }

    /** The bucket's size in bytes, as far as the kernel can be told. */
    long burst() {
        return Math.min(MAX_U32, (long) (rate * (buffer * SECONDS_PER_TICK)));
    }
}
