package io.netd.netlink.nft;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A comment as {@code nft} keeps and shows it in the user data of a table, a chain or a rule. */
public final class Comment {
    /** As many bytes {@code nft} takes. */
    public static final int MAX = 128;

    /** NFTNL_UDATA_TABLE_COMMENT, NFTNL_UDATA_CHAIN_COMMENT and NFTNL_UDATA_RULE_COMMENT. */
    private static final byte COMMENT = 0;

    private Comment() {}

    /** The user data: type, length, text with its NUL. */
    public static Data of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX) {
            throw new IllegalArgumentException("longer than " + MAX + " bytes: " + text);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(COMMENT);
        out.write(bytes.length + 1);
        out.writeBytes(bytes);
        out.write(0);
        return Data.of(out.toByteArray());
    }
}
