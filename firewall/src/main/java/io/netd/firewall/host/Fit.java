package io.netd.firewall.host;

/** Whether a packet of which something is known meets all conditions of a rule. */
enum Fit {
    MET,

    /** Perhaps, and the bridge is among the conditions that it meets: whoever wrote the rule knew the bridge. */
    NAMED,

    UNKNOWN,

    UNMET
}
