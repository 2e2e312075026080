package io.netd.firewall.nft;

import io.netd.netlink.nft.Data;
import java.nio.charset.StandardCharsets;

/**
 * The comment by which netd knows, also after a restart, the base tables and chains that it had to make and may take
 * away again. {@code nft list ruleset} shows it; iptables-nft does not mind it (seen with 1.8.9).
 */
final class OurMark {
    /** NFTNL_UDATA_TABLE_COMMENT and NFTNL_UDATA_CHAIN_COMMENT: type, length, text with its NUL. */
    private static final byte COMMENT = 0;

    private static final byte[] TEXT = "made by netd\0".getBytes(StandardCharsets.US_ASCII);

    /** The mark as user data of a table or chain. */
    static final Data MARK = mark();

    private OurMark() {}

    static boolean isOn(Data userData) {
        return MARK.equals(userData);
    }

    private static Data mark() {
        byte[] bytes = new byte[TEXT.length + 2];
        bytes[0] = COMMENT;
        bytes[1] = (byte) TEXT.length;
        System.arraycopy(TEXT, 0, bytes, 2, TEXT.length);
        return Data.of(bytes);
    }
}
