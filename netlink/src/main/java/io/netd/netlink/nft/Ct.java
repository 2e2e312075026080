package io.netd.netlink.nft;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/**
 * Loads something about a packet's tracked connection into register 1.
 *
 * @param key one of {@code NFT_CT_*}
 */
public record Ct(int key) implements Expression {
    private static final int NFTA_CT_DREG = 1;
    private static final int NFTA_CT_KEY = 2;

    @Override
    public String kind() {
        return "ct";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.be32(NFTA_CT_KEY, key).be32(NFTA_CT_DREG, NfTables.NFT_REG_1);
    }

    static Optional<Expression> read(Attributes data) {
        return Numbers.is(data, NFTA_CT_DREG, NfTables.NFT_REG_1)
                ? data.find(NFTA_CT_KEY).map(Attribute::be32).map(Ct::new)
                : Optional.empty();
    }
}
