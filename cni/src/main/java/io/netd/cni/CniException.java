package io.netd.cni;

/** A failure as the protocol reports it: a code of {@link ErrorCode}, a message and details, which may be empty. */
public final class CniException extends RuntimeException {
    /** A caller's own words may be in a message, and he may say a megabyte. */
    private static final int LONGEST = 2000;

    private final int code;
    private final String details;

    /** A failure without details. */
    public CniException(int code, String message) {
        this(code, message, "");
    }

    /** A failure with details. */
    public CniException(int code, String message, String details) {
        super(cut(message));
        this.code = code;
        this.details = cut(details);
    }

    /** A failure with the exception that led to it. */
    public CniException(int code, String message, Throwable cause) {
        super(cut(message), cause);
        this.code = code;
        this.details = "";
    }

    /** The code the runtime reads. */
    public int code() {
        return code;
    }

    /** More than the message says; empty when there is no more. */
    public String details() {
        return details;
    }

    /** The same failure, its message put after what was being done: {@code attach c1: ...}. */
    public CniException within(String context) {
        CniException wrapped = new CniException(code, context + ": " + getMessage(), details);
        wrapped.initCause(this);
        return wrapped;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "...";
    }
}
