package io.netd.daemon;

import java.util.concurrent.CountDownLatch;

/** Waits until somebody wants the daemon to stop. */
final class Stop {
    private final CountDownLatch requested = new CountDownLatch(1);
    private volatile boolean leavesNoTrace;

    void request() {
        requested.countDown();
    }

    /** As {@link #request}, and the daemon's folders shall go with it. */
    void requestWithoutTrace() {
        leavesNoTrace = true;
        request();
    }

    boolean leavesNoTrace() {
        return leavesNoTrace;
    }

    void await() {
        try {
            requested.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
