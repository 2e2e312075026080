package io.netd.netctl.api;

/** The daemon refused or failed a request; the message is one line for the user, without a prefix. */
public final class NetdException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why: it decides the exit code. */
    public enum Kind {
        /** The named thing does not exist. */
        NOT_FOUND,
        /** The request conflicts with the present state. */
        CONFLICT,
        /** The request itself is wrong. */
        INVALID,
        /** The container's program is not in the container (docker's 127). */
        COMMAND_NOT_FOUND,
        /** The container's program cannot be executed (docker's 126). */
        COMMAND_NOT_EXECUTABLE,
        /** Anything else. */
        FAILED
    }

    /** A failure with its message for the user. */
    public NetdException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Why it failed. */
    public Kind kind() {
        return kind;
    }
}
