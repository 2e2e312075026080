package io.netd.firewall;

/** The packet filter refused a change; nothing of it was done. The message names the rule where it is known. */
public final class FirewallException extends RuntimeException {
    public FirewallException(String message) {
        super(message);
    }

    public FirewallException(String message, Throwable cause) {
        super(message, cause);
    }
}
