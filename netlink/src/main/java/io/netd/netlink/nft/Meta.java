package io.netd.netlink.nft;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/**
 * Loads something about a packet into a register.
 *
 * @param key one of {@code NFT_META_*}
 * @param register where to
 */
public record Meta(int key, int register) implements Expression {
    private static final int NFTA_META_DREG = 1;
    private static final int NFTA_META_KEY = 2;

    /** Into register 1. */
    public Meta(int key) {
        this(key, NfTables.NFT_REG_1);
    }

    @Override
    public String kind() {
        return "meta";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.be32(NFTA_META_KEY, key).be32(NFTA_META_DREG, register);
    }

    static Optional<Expression> read(Attributes data) {
        int register = Numbers.number(data, NFTA_META_DREG);
        return register == 0
                ? Optional.empty()
                : data.find(NFTA_META_KEY).map(Attribute::be32).map(key -> new Meta(key, register));
    }
}
