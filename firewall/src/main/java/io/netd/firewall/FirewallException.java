package io.netd.firewall;

/** The packet filter refused a change, or did not answer. The message names the rule where it is known. */
public final class FirewallException extends RuntimeException {
    private final boolean unsettled;

    /** A refusal: nothing of the change was done. */
    public FirewallException(String message) {
        super(message);
        unsettled = false;
    }

    /** A refusal with its cause. */
    public FirewallException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private FirewallException(String message, Throwable cause, boolean unsettled) {
        super(message, cause);
        this.unsettled = unsettled;
    }

    /** Tells of a change that may have been done all the same. */
    public static FirewallException unsettled(String message, Throwable cause) {
        return new FirewallException(message, cause, true);
    }

    /** Whether the change may have been done all the same, in part or as a whole. */
    public boolean isUnsettled() {
        return unsettled;
    }
}
