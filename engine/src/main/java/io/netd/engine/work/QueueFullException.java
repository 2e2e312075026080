package io.netd.engine.work;

/** Too many requests wait; trying later helps. */
public final class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueueFullException(String message) {
        super(message);
    }
}
