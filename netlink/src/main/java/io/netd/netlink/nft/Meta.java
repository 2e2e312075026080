package io.netd.netlink.nft;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/**
 * Loads something about a packet into register 1.
 *
 * @param key one of {@code NFT_META_*}
 */
public record Meta(int key) implements Expression {
    private static final int NFTA_META_DREG = 1;
    private static final int NFTA_META_KEY = 2;

    @Override
    public String kind() {
        return "meta";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.be32(NFTA_META_KEY, key).be32(NFTA_META_DREG, NfTables.NFT_REG_1);
    }

    static Optional<Expression> read(Attributes data) {
        return Numbers.is(data, NFTA_META_DREG, NfTables.NFT_REG_1)
                ? data.find(NFTA_META_KEY).map(Attribute::be32).map(Meta::new)
                : Optional.empty();
    }
}
