package io.netd.netlink.nft;

import io.netd.netlink.wire.MessageWriter;

/** Counts packets and bytes, from zero; what it counted so far is no part of the value. */
public record Counter() implements Expression {
    private static final int NFTA_COUNTER_BYTES = 1;
    private static final int NFTA_COUNTER_PACKETS = 2;

    @Override
    public String kind() {
        return "counter";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.be64(NFTA_COUNTER_BYTES, 0).be64(NFTA_COUNTER_PACKETS, 0);
    }
}
