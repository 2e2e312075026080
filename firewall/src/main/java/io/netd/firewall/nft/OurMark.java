package io.netd.firewall.nft;

import io.netd.netlink.nft.Comment;
import io.netd.netlink.nft.Data;

/**
 * The comment by which netd knows, also after a restart, the base tables and chains that it had to make and may take
 * away again. {@code nft list ruleset} shows it; iptables-nft does not mind it (seen with 1.8.9).
 */
public final class OurMark {
    /** The mark as user data of a table or chain. */
    public static final Data MARK = Comment.of("made by netd");

    private OurMark() {}

    /** Whether netd made what has this user data. */
    public static boolean isOn(Data userData) {
        return MARK.equals(userData);
    }
}
