package io.netd.netlink.nft;

import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;

/** Headers of nf_tables messages. */
final class Messages {
    private Messages() {}

    /** Returns the message type of an nf_tables command. */
    static int type(int command) {
        return NfTables.NFNL_SUBSYS_NFTABLES << 8 | command;
    }

    /** Begins a message with struct nfgenmsg up to res_id, which the caller writes. */
    static MessageWriter begin(MessageWriter writer, int type, int flags, int family) {
        return writer.begin(type, Netlink.NLM_F_REQUEST | flags).u8(family).u8(0);
    }
}
