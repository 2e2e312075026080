package io.netd.netlink.nft;

import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/**
 * Loads a constant.
 *
 * @param value the constant
 * @param register where to
 */
public record Load(Data value, int register) implements Expression {
    private static final int NFTA_IMMEDIATE_DREG = 1;
    private static final int NFTA_IMMEDIATE_DATA = 2;

    @Override
    public String kind() {
        return "immediate";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.be32(NFTA_IMMEDIATE_DREG, register);
        Numbers.value(writer, NFTA_IMMEDIATE_DATA, value);
    }

    static Optional<Expression> read(Attributes data) {
        int register = Numbers.number(data, NFTA_IMMEDIATE_DREG);
        return Numbers.value(data, NFTA_IMMEDIATE_DATA).map(value -> new Load(value, register));
    }
}
