package io.netd.netlink.nft;

import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/** Masks register 1. */
public record Bitwise(Data mask) implements Expression {
    private static final int NFTA_BITWISE_SREG = 1;
    private static final int NFTA_BITWISE_DREG = 2;
    private static final int NFTA_BITWISE_LEN = 3;
    private static final int NFTA_BITWISE_MASK = 4;
    private static final int NFTA_BITWISE_XOR = 5;
    private static final int NFTA_BITWISE_OP = 6;

    @Override
    public String kind() {
        return "bitwise";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.be32(NFTA_BITWISE_SREG, NfTables.NFT_REG_1)
                .be32(NFTA_BITWISE_DREG, NfTables.NFT_REG_1)
                .be32(NFTA_BITWISE_LEN, mask.length());
        Numbers.value(writer, NFTA_BITWISE_MASK, mask);
        Numbers.value(writer, NFTA_BITWISE_XOR, zeros());
    }

    static Optional<Expression> read(Attributes data) {
        boolean masks = Numbers.is(data, NFTA_BITWISE_SREG, NfTables.NFT_REG_1)
                && Numbers.is(data, NFTA_BITWISE_DREG, NfTables.NFT_REG_1)
                && Numbers.number(data, NFTA_BITWISE_OP) == 0;
        return Numbers.value(data, NFTA_BITWISE_MASK)
                .map(Bitwise::new)
                .filter(found -> masks && Numbers.value(data, NFTA_BITWISE_XOR).equals(Optional.of(found.zeros())))
                .map(found -> found);
    }

    private Data zeros() {
        return Data.of(new byte[mask.length()]);
    }
}
