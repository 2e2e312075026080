package io.netd.netlink.nft;

import io.netd.netlink.wire.Netlink;

/**
 * Where in its chain a new rule comes.
 *
 * @param handle the rule next to which it comes; 0 for an end of the chain
 * @param after whether it comes after that rule or at the chain's end, else before it or at the beginning
 */
public record Position(long handle, boolean after) {
    /** Before all others. */
    public static final Position FIRST = new Position(0, false);

    /** After all others. */
    public static final Position LAST = new Position(0, true);

    /** Right before a rule. */
    public static Position before(long handle) {
        return new Position(handle, false);
    }

    /** Right after a rule. */
    public static Position after(long handle) {
        return new Position(handle, true);
    }

    int flags() {
        return Netlink.NLM_F_CREATE | (after ? Netlink.NLM_F_APPEND : 0);
    }
}
