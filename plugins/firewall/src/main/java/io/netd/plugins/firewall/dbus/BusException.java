package io.netd.plugins.firewall.dbus;

/** The bus cannot be spoken to, or what was called refuses. */
public final class BusException extends RuntimeException {
    private final String text;

    BusException(String what, String text) {
        super(what + ": " + text);
        this.text = text;
    }

    BusException(String what, Exception cause) {
        super(what + ": " + cause.getMessage(), cause);
        this.text = "";
    }

    /** What a called program said; empty when it did not come to that. */
    public String text() {
        return text;
    }
}
