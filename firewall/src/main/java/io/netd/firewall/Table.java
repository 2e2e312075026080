package io.netd.firewall;

import java.util.Locale;

/** The iptables tables that netd writes to. */
public enum Table {
    RAW,
    MANGLE,
    NAT,
    FILTER;

    /** Returns the kernel's name of this table, which is also what {@code iptables -t} takes. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
