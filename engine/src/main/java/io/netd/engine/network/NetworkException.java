package io.netd.engine.network;

/** A network of netd's own cannot be had; the message says what stands against it and the way out. */
public final class NetworkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the sentence for the user. */
    public NetworkException(String message) {
        super(message);
    }
}
