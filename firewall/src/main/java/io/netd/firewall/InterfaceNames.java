package io.netd.firewall;

/** What may stand as an interface name in a rule. */
final class InterfaceNames {
    private static final int IFNAMSIZ = 16;

    private InterfaceNames() {}

    /** Throws IllegalArgumentException for a name the kernel would not take; a final '+' would be a wildcard. */
    static void check(String name) {
        boolean bad = name.isEmpty() || name.length() >= IFNAMSIZ || name.endsWith("+") || hasOthers(name);
        if (bad) {
            throw new IllegalArgumentException("invalid interface name: " + name);
        }
    }

    private static boolean hasOthers(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c > '~' || c == '/') {
                return true;
            }
        }
        return false;
    }
}
