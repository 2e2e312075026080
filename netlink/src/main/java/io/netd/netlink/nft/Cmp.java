package io.netd.netlink.nft;

import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/** Goes on with the rule only if register 1 is (or, negated, is not) this value. */
public record Cmp(boolean negated, Data value) implements Expression {
    private static final int NFTA_CMP_SREG = 1;
    private static final int NFTA_CMP_OP = 2;
    private static final int NFTA_CMP_DATA = 3;

    @Override
    public String kind() {
        return "cmp";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.be32(NFTA_CMP_SREG, NfTables.NFT_REG_1)
                .be32(NFTA_CMP_OP, negated ? NfTables.NFT_CMP_NEQ : NfTables.NFT_CMP_EQ);
        Numbers.value(writer, NFTA_CMP_DATA, value);
    }

    static Optional<Expression> read(Attributes data) {
        int operation = Numbers.number(data, NFTA_CMP_OP);
        boolean known = Numbers.is(data, NFTA_CMP_SREG, NfTables.NFT_REG_1)
                && (operation == NfTables.NFT_CMP_EQ || operation == NfTables.NFT_CMP_NEQ);
        return known
                ? Numbers.value(data, NFTA_CMP_DATA).map(value -> new Cmp(operation == NfTables.NFT_CMP_NEQ, value))
                : Optional.empty();
    }
}
