package io.netd.daemon;

import java.util.concurrent.CountDownLatch;

/** Waits until somebody wants the daemon to stop. */
final class Stop {
    private final CountDownLatch requested = new CountDownLatch(1);

    void request() {
        requested.countDown();
    }

    void await() {
        try {
            requested.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
