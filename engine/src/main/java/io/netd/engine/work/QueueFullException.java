package io.netd.engine.work;

/** Too many requests wait; trying later helps. */
public final class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueueFullException(int limit) {
        super("netd is busy: " + limit + " requests are waiting");
    }
}
