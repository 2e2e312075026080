package io.netd.engine.journal;

/** Another process has the journal's lock; the message names it. */
public final class JournalBusyException extends JournalException {
    private static final long serialVersionUID = 1L;

    /** With what the kernel said. */
    JournalBusyException(String message, Throwable cause) {
        super(message, cause);
    }
}
