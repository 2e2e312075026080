package io.netd.netlink.nft;

import io.netd.netlink.wire.MessageWriter;

/** An expression in a rule of somebody else that netd never writes; its data is not kept. */
public record Foreign(String kind) implements Expression {
    @Override
    public void writeData(MessageWriter writer) {
        throw new IllegalStateException("cannot write expression " + kind);
    }
}
