package io.netd.plugins.firewall;

/** Who may begin to talk to a container of a bridge. */
enum IngressPolicy {
    /** Everybody. */
    OPEN("open"),

    /** Other isolated bridges may not. */
    SAME_BRIDGE("same-bridge"),

    /** Nor may containers of the same bridge. */
    ISOLATED("isolated");

    private final String text;

    IngressPolicy(String text) {
        this.text = text;
    }

    /** Reads a policy as a configuration spells it. */
    static IngressPolicy parse(String text) {
        for (IngressPolicy policy : values()) {
            if (policy.text.equals(text)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("unknown ingress policy; known are open, same-bridge and isolated");
    }

    @Override
    public String toString() {
        return text;
    }
}
