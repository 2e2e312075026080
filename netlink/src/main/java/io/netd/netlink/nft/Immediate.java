package io.netd.netlink.nft;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/**
 * Gives a verdict.
 *
 * @param verdict {@code NF_ACCEPT}, {@code NF_DROP}, {@code NFT_JUMP} or {@code NFT_RETURN}
 * @param chain where a jump goes
 */
public record Immediate(int verdict, Optional<String> chain) implements Expression {
    private static final int NFTA_IMMEDIATE_DREG = 1;
    private static final int NFTA_IMMEDIATE_DATA = 2;

    /** Returns a jump. */
    public static Immediate jump(String chain) {
        return new Immediate(NfTables.NFT_JUMP, Optional.of(chain));
    }

    /** Returns a verdict other than a jump. */
    public static Immediate verdict(int verdict) {
        return new Immediate(verdict, Optional.empty());
    }

    @Override
    public String kind() {
        return "immediate";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.be32(NFTA_IMMEDIATE_DREG, NfTables.NFT_REG_VERDICT);
        Numbers.verdict(writer, NFTA_IMMEDIATE_DATA, verdict, chain);
    }

    static Optional<Expression> read(Attributes data) {
        Attributes verdict = data.nested(NFTA_IMMEDIATE_DATA).nested(NfTables.NFTA_DATA_VERDICT);
        return verdict.find(NfTables.NFTA_VERDICT_CODE)
                .map(Attribute::be32)
                .map(code -> new Immediate(code, verdict.text(NfTables.NFTA_VERDICT_CHAIN)));
    }
}
