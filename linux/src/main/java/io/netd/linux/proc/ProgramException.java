package io.netd.linux.proc;

/** A program could not be run to its end; the message begins with its name. */
public final class ProgramException extends RuntimeException {
    /** With the reason. */
    public ProgramException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Without a deeper reason. */
    public ProgramException(String message) {
        super(message);
    }
}
