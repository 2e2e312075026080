package io.netd.plugins.firewall;

import io.netd.firewall.Framework;
import java.util.Optional;

/** Who lets the containers' traffic pass. */
enum FirewallBackend {
    /** Rules where iptables shows them. */
    IPTABLES("iptables"),

    /** Rules in nftables tables of netd's own. */
    NFTABLES("nftables"),

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
        throw new IllegalArgumentException("unknown backend; known are iptables, nftables and firewalld");
    }

    /** Where its rules stand; absent where the host's usual framework will do. */
    Optional<Framework> framework() {
        return Framework.of(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
