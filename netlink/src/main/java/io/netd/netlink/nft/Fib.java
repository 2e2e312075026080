package io.netd.netlink.nft;

import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/**
 * Loads into register 1 what routing thinks of one of a packet's addresses, an RTN_* number in host byte order.
 *
 * @param source whether it is about the source address, else the destination
 */
public record Fib(boolean source) implements Expression {
    private static final int NFTA_FIB_DREG = 1;
    private static final int NFTA_FIB_RESULT = 2;
    private static final int NFTA_FIB_FLAGS = 3;
    private static final int NFT_FIB_RESULT_ADDRTYPE = 3;
    private static final int NFTA_FIB_F_SADDR = 1;
    private static final int NFTA_FIB_F_DADDR = 2;

    @Override
    public String kind() {
        return "fib";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.be32(NFTA_FIB_FLAGS, source ? NFTA_FIB_F_SADDR : NFTA_FIB_F_DADDR)
                .be32(NFTA_FIB_RESULT, NFT_FIB_RESULT_ADDRTYPE)
                .be32(NFTA_FIB_DREG, NfTables.NFT_REG_1);
    }

    static Optional<Expression> read(Attributes data) {
        int flags = Numbers.number(data, NFTA_FIB_FLAGS);
        boolean known = Numbers.is(data, NFTA_FIB_DREG, NfTables.NFT_REG_1)
                && Numbers.is(data, NFTA_FIB_RESULT, NFT_FIB_RESULT_ADDRTYPE)
                && (flags == NFTA_FIB_F_SADDR || flags == NFTA_FIB_F_DADDR);
        return known ? Optional.of(new Fib(flags == NFTA_FIB_F_SADDR)) : Optional.empty();
    }
}
