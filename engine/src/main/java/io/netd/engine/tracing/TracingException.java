package io.netd.engine.tracing;

/** A packet cannot be traced; the message is for the user. */
public final class TracingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TracingException(String message) {
        super(message);
    }

    TracingException(String message, Throwable cause) {
        super(message, cause);
    }
}
