package io.netd.netlink.nft;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Message;

/**
 * A transaction of nf_tables that somebody committed, as {@code NFT_MSG_NEWGEN} tells of it.
 *
 * @param port the netlink port of the socket that it came through; 0 when the kernel changed the rules by itself
 * @param program the thread's name, at most 15 bytes; empty when the kernel does not tell
 * @param pid of the thread, as the initial PID namespace counts; 0 when the kernel does not tell
 */
public record RuleChange(int port, String program, int pid) {
    /** Names the author: {@code nft (pid 4711)}. */
    public String author() {
        return pid == 0 ? program : program + " (pid " + pid + ")";
    }

    static RuleChange decode(Message message) {
        var attributes = message.attributes(NfTables.NFGENMSG);
        String program = attributes.text(NfTables.NFTA_GEN_PROC_NAME).orElse("");
        int pid =
                attributes.find(NfTables.NFTA_GEN_PROC_PID).map(Attribute::be32).orElse(0);
        return new RuleChange(message.port(), program, pid);
    }
}
