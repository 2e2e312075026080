package io.netd.runtime;

/** The runtime refused or failed a request; the message is one line that names the thing. */
public final class ContainerException extends RuntimeException {
    /** Exit code of {@code run} when the runtime itself failed. */
    public static final int RUNTIME_FAILED = 125;

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int exitCode;

    /** Why a request was not done. */
    public enum Kind {
        /** No such container or image. */
        NOT_FOUND,
        /** It conflicts with what is there: a name in use, a container that is not running. */
        CONFLICT,
        /** The request itself is wrong. */
        INVALID,
        /** The kernel or the file system said no. */
        FAILED
    }

    /** A failure with the exit code that {@code run} shall end with: 125, or 126 and 127 for a program that cannot run. */
    public ContainerException(Kind kind, int exitCode, String message) {
        super(message);
        this.kind = kind;
        this.exitCode = exitCode;
    }

    /** The named thing does not exist. */
    public static ContainerException notFound(String message) {
        return new ContainerException(Kind.NOT_FOUND, RUNTIME_FAILED, message);
    }

    /** The present state does not allow it. */
    public static ContainerException conflict(String message) {
        return new ContainerException(Kind.CONFLICT, RUNTIME_FAILED, message);
    }

    /** The request is wrong. */
    public static ContainerException invalid(String message) {
        return new ContainerException(Kind.INVALID, RUNTIME_FAILED, message);
    }

    /** Something below failed. */
    public static ContainerException failed(String message, Throwable cause) {
        ContainerException failure = new ContainerException(Kind.FAILED, RUNTIME_FAILED, message);
        failure.initCause(cause);
        return failure;
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }

    /** What {@code run} ends with: 125, 126 or 127. */
    public int exitCode() {
        return exitCode;
    }
}
