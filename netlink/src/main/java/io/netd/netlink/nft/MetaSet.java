package io.netd.netlink.nft;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/**
 * Changes something about a packet to what a register holds.
 *
 * @param key one of {@code NFT_META_*}
 * @param register where from
 */
public record MetaSet(int key, int register) implements Expression {
    private static final int NFTA_META_KEY = 2;
    private static final int NFTA_META_SREG = 3;

    @Override
    public String kind() {
        return "meta";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.be32(NFTA_META_KEY, key).be32(NFTA_META_SREG, register);
    }

    static Optional<Expression> read(Attributes data) {
        int register = Numbers.number(data, NFTA_META_SREG);
        return register == 0
                ? Optional.empty()
                : data.find(NFTA_META_KEY).map(Attribute::be32).map(key -> new MetaSet(key, register));
    }
}
