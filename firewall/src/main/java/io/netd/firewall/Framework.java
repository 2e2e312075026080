package io.netd.firewall;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where rules stand. Both may be in use on one host. */
public enum Framework {
    /** In the tables that iptables shows. */
    IPTABLES,

    /** In nftables tables of netd's own. */
    NFTABLES;

    /** The framework of that name; none for any other text. */
    public static Optional<Framework> of(String name) {
        return Stream.of(values())
                .filter(framework -> framework.toString().equals(name))
                .findFirst();
    }

    /** The name in configurations. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
