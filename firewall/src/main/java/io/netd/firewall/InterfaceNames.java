package io.netd.firewall;

/** What may stand as an interface name in a rule. */
final class InterfaceNames {
    private static final int IFNAMSIZ = 16;

    private InterfaceNames() {}

    /** Throws IllegalArgumentException for a name the kernel would not take; a final '+' would be a wildcard. */
    static void check(String name) {
        boolean bad = name.isEmpty()
                || name.length() >= IFNAMSIZ
                || name.endsWith("+")
                || name.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '/');
        if (bad) {
            throw new IllegalArgumentException("invalid interface name: " + name);
        }
    }
}
