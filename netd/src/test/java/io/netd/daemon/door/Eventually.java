package io.netd.daemon.door;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to bring about. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Eventually() {}

    /** Returns when it holds; fails when it does not in ten seconds. */
    public static void isTrue(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not become true");
            }
            // Files, descriptors and flags of other threads tell nobody when they change.
            Thread.sleep(5);
        }
    }
}
