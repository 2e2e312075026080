package io.netd.portmap;

/** A host port cannot be had; the message names the port and, as far as known, who holds it. */
public final class PortTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the whole sentence for the user. */
    public PortTakenException(String message) {
        super(message);
    }

    /** With the sentence for the user and the kernel's refusal. */
    public PortTakenException(String message, Throwable cause) {
        super(message, cause);
    }
}
