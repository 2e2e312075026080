package io.netd.firewall;

/** A state of conntrack, as {@code -m conntrack --ctstate} knows it. */
public enum CtState {
    INVALID(1),
    NEW(8),
    RELATED(4),
    ESTABLISHED(2),
    UNTRACKED(64);

    private final int bit;

    CtState(int bit) {
        this.bit = bit;
    }

    /** Returns the bit of this state in {@code struct xt_conntrack_mtinfo3} (XT_CONNTRACK_STATE_*). */
    public int bit() {
        return bit;
    }
}
