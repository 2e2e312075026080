package io.netd.linux.proc;

/** A program could not be run to its end; the message begins with its name. */
public final class ProgramException extends RuntimeException {
    private final boolean isTimeout;

    /** With the reason. */
    public ProgramException(String message, Throwable cause) {
        super(message, cause);
        this.isTimeout = false;
    }

    private ProgramException(String message) {
        super(message);
        this.isTimeout = true;
    }

    /** Of a program that took longer than it may. */
    static ProgramException timeout(String message) {
        return new ProgramException(message);
    }

    /** Whether the program ran, but for too long. */
    public boolean isTimeout() {
        return isTimeout;
    }
}
