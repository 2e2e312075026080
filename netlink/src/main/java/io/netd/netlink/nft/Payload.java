package io.netd.netlink.nft;

import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/**
 * Loads bytes of a header into a register.
 *
 * @param base one of {@code NFT_PAYLOAD_*}
 * @param offset where the bytes begin in that header
 * @param length how many bytes
 * @param register where to
 */
public record Payload(int base, int offset, int length, int register) implements Expression {
    private static final int NFTA_PAYLOAD_DREG = 1;
    private static final int NFTA_PAYLOAD_BASE = 2;
    private static final int NFTA_PAYLOAD_OFFSET = 3;
    private static final int NFTA_PAYLOAD_LEN = 4;

    /** Into register 1. */
    public Payload(int base, int offset, int length) {
        this(base, offset, length, NfTables.NFT_REG_1);
    }

    @Override
    public String kind() {
        return "payload";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.be32(NFTA_PAYLOAD_DREG, register)
                .be32(NFTA_PAYLOAD_BASE, base)
                .be32(NFTA_PAYLOAD_OFFSET, offset)
                .be32(NFTA_PAYLOAD_LEN, length);
    }

    static Optional<Expression> read(Attributes data) {
        int register = Numbers.number(data, NFTA_PAYLOAD_DREG);
        if (register == 0) {
            return Optional.empty();
        }
        return Optional.of(new Payload(
                Numbers.number(data, NFTA_PAYLOAD_BASE),
                Numbers.number(data, NFTA_PAYLOAD_OFFSET),
                Numbers.number(data, NFTA_PAYLOAD_LEN),
                register));
    }
}
