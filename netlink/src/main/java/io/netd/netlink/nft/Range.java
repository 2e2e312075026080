package io.netd.netlink.nft;

import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/** Goes on with the rule only if register 1 lies between the two values, both included. */
public record Range(Data from, Data to) implements Expression {
    private static final int NFTA_RANGE_SREG = 1;
    private static final int NFTA_RANGE_OP = 2;
    private static final int NFTA_RANGE_FROM_DATA = 3;
    private static final int NFTA_RANGE_TO_DATA = 4;
    private static final int NFT_RANGE_EQ = 0;

    @Override
    public String kind() {
        return "range";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.be32(NFTA_RANGE_SREG, NfTables.NFT_REG_1).be32(NFTA_RANGE_OP, NFT_RANGE_EQ);
        Numbers.value(writer, NFTA_RANGE_FROM_DATA, from);
        Numbers.value(writer, NFTA_RANGE_TO_DATA, to);
    }

    static Optional<Expression> read(Attributes data) {
        boolean known =
                Numbers.is(data, NFTA_RANGE_SREG, NfTables.NFT_REG_1) && Numbers.is(data, NFTA_RANGE_OP, NFT_RANGE_EQ);
        Optional<Data> to = Numbers.value(data, NFTA_RANGE_TO_DATA);
        return known && to.isPresent()
                ? Numbers.value(data, NFTA_RANGE_FROM_DATA).map(from -> new Range(from, to.get()))
                : Optional.empty();
    }
}
