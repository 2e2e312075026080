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
 */
public record Lookup(String set, OptionalInt target) implements Expression {
    private static final int NFTA_LOOKUP_SET = 1;
    private static final int NFTA_LOOKUP_SREG = 2;
    private static final int NFTA_LOOKUP_DREG = 3;
    private static final int NFTA_LOOKUP_FLAGS = 5;

    @Override
    public String kind() {
        return "lookup";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.text(NFTA_LOOKUP_SET, set).be32(NFTA_LOOKUP_SREG, NfTables.NFT_REG_1);
        target.ifPresent(register -> writer.be32(NFTA_LOOKUP_DREG, register));
    }

    static Optional<Expression> read(Attributes data) {
        boolean known =
                Numbers.is(data, NFTA_LOOKUP_SREG, NfTables.NFT_REG_1) && Numbers.number(data, NFTA_LOOKUP_FLAGS) == 0;
        Optional<Integer> target = data.find(NFTA_LOOKUP_DREG).map(Attribute::be32);
        return data.text(NFTA_LOOKUP_SET)
                .filter(name -> known)
                .map(name -> new Lookup(name, target.map(OptionalInt::of).orElseGet(OptionalInt::empty)));
    }
}
