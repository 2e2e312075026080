package io.netd.netlink.nft;

import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/** Gives a connection the address of the interface it leaves by. */
public record Masquerade() implements Expression {
    private static final int NFTA_MASQ_FLAGS = 1;
    private static final int NFTA_MASQ_REG_PROTO_MIN = 2;

    @Override
    public String kind() {
        return "masq";
    }

    @Override
    public void writeData(MessageWriter writer) {
        // It has no attributes.
    }

    static Optional<Expression> read(Attributes data) {
        boolean plain = Numbers.number(data, NFTA_MASQ_FLAGS) == 0
                && data.find(NFTA_MASQ_REG_PROTO_MIN).isEmpty();
        return plain ? Optional.of(new Masquerade()) : Optional.empty();
    }
}
