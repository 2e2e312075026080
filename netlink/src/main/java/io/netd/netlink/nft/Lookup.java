package io.netd.netlink.nft;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Goes on with the rule only if a set has what stands in the registers from register 1 on.
 *
 * @param set the set's or map's name
 * @param target the register that gets what a map has for it; absent for a set
 * @param inverted whether to go on only if the set does not have it
 */
public record Lookup(String set, OptionalInt target, boolean inverted) implements Expression {
    private static final int NFTA_LOOKUP_SET = 1;
    private static final int NFTA_LOOKUP_SREG = 2;
    private static final int NFTA_LOOKUP_DREG = 3;
    private static final int NFTA_LOOKUP_FLAGS = 5;
    private static final int NFT_LOOKUP_F_INV = 1;

    /** Goes on if the set has it. */
    public Lookup(String set, OptionalInt target) {
        this(set, target, false);
    }

    /** Does what a verdict map has for it; goes on where it has nothing. */
    public static Lookup verdict(String map) {
        return new Lookup(map, OptionalInt.of(NfTables.NFT_REG_VERDICT));
    }

    @Override
    public String kind() {
        return "lookup";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.text(NFTA_LOOKUP_SET, set).be32(NFTA_LOOKUP_SREG, NfTables.NFT_REG_1);
        target.ifPresent(register -> writer.be32(NFTA_LOOKUP_DREG, register));
        if (inverted) {
            writer.be32(NFTA_LOOKUP_FLAGS, NFT_LOOKUP_F_INV);
        }
    }

    static Optional<Expression> read(Attributes data) {
        int flags = Numbers.number(data, NFTA_LOOKUP_FLAGS);
        boolean known = Numbers.is(data, NFTA_LOOKUP_SREG, NfTables.NFT_REG_1) && (flags & ~NFT_LOOKUP_F_INV) == 0;
        Optional<Integer> target = data.find(NFTA_LOOKUP_DREG).map(Attribute::be32);
        return data.text(NFTA_LOOKUP_SET)
                .filter(name -> known)
                .map(name -> new Lookup(name, target.map(OptionalInt::of).orElseGet(OptionalInt::empty), flags != 0));
    }
}
