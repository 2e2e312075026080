package io.netd.plugins.firewall;

/** Who lets the containers' traffic pass. */
enum FirewallBackend {
    /** Rules of our own. */
    IPTABLES("iptables"),

    /** A zone of firewalld. */
    FIREWALLD("firewalld");

    private final String text;

    FirewallBackend(String text) {
        this.text = text;
    }

    /** Reads a backend as a configuration spells it. */
    static FirewallBackend parse(String text) {
        for (FirewallBackend backend : values()) {
            if (backend.text.equals(text)) {
                return backend;
            }
        }
        throw new IllegalArgumentException("unknown backend; known are iptables and firewalld");
    }

    @Override
    public String toString() {
        return text;
    }
}
