package io.netd.engine.journal;

/** The journal cannot be read or written; the message names the file. */
public class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a cause. */
    public JournalException(String message) {
        super(message);
    }

    /** With what the disk said. */
    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
