package io.netd.linux.ns;

/** A thread could not return to its own namespace: it must do nothing more, and end. */
public final class NamespaceLostError extends Error {
    NamespaceLostError(String message, Throwable cause) {
        super(message, cause);
    }
}
