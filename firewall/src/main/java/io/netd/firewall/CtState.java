package io.netd.firewall;

/** A state of conntrack, as {@code -m conntrack --ctstate} knows it. */
public enum CtState {
    INVALID(1),
    NEW(8),
    RELATED(4),
    ESTABLISHED(2),
    UNTRACKED(256),
    /** The connection's destination was rewritten: a virtual state, true besides one of the others. */
    DNAT(128);

    private final int bit;

    CtState(int bit) {
        this.bit = bit;
    }

    /** Returns the bit of this state in {@code struct xt_conntrack_mtinfo3} (XT_CONNTRACK_STATE_*). */
    public int bit() {
        return bit;
    }
}
