package io.netd.daemon.frame;

/** The other side does not keep to the protocol; the connection ends. */
public final class BrokenFrameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What was wrong with the bytes. */
    public BrokenFrameException(String message) {
        super(message);
    }
}
