package io.netd.netlink.nft;

import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/**
 * Translates an address.
 *
 * @param source whether the source's, else the destination's
 * @param family whose addresses
 * @param address the register that holds the new address
 * @param firstPort the register of the first new port; 0 leaves the port as it is
 * @param lastPort the register of the last new port; 0 like {@code firstPort}
 */
public record Nat(boolean source, NftFamily family, int address, int firstPort, int lastPort) implements Expression {
    private static final int NFTA_NAT_TYPE = 1;
    private static final int NFTA_NAT_FAMILY = 2;
    private static final int NFTA_NAT_REG_ADDR_MIN = 3;
    private static final int NFTA_NAT_REG_ADDR_MAX = 4;
    private static final int NFTA_NAT_REG_PROTO_MIN = 5;
    private static final int NFTA_NAT_REG_PROTO_MAX = 6;
    private static final int NFTA_NAT_FLAGS = 7;
    private static final int NFT_NAT_SNAT = 0;
    private static final int NFT_NAT_DNAT = 1;

    /** The kernel sets these by itself: NF_NAT_RANGE_MAP_IPS and NF_NAT_RANGE_PROTO_SPECIFIED. */
    private static final int IMPLIED_FLAGS = 3;

    @Override
    public String kind() {
        return "nat";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.be32(NFTA_NAT_TYPE, source ? NFT_NAT_SNAT : NFT_NAT_DNAT)
                .be32(NFTA_NAT_FAMILY, family.number())
                .be32(NFTA_NAT_REG_ADDR_MIN, address);
        if (firstPort != 0) {
            writer.be32(NFTA_NAT_REG_PROTO_MIN, firstPort).be32(NFTA_NAT_REG_PROTO_MAX, lastPort);
        }
    }

    static Optional<Expression> read(Attributes data) {
        int address = Numbers.number(data, NFTA_NAT_REG_ADDR_MIN);
        boolean plain = (Numbers.number(data, NFTA_NAT_FLAGS) & ~IMPLIED_FLAGS) == 0
                && address != 0
                && Numbers.number(data, NFTA_NAT_REG_ADDR_MAX) == address;
        int first = Numbers.number(data, NFTA_NAT_REG_PROTO_MIN);
        return NftFamily.of(Numbers.number(data, NFTA_NAT_FAMILY))
                .filter(family -> plain)
                .map(family -> new Nat(
                        Numbers.is(data, NFTA_NAT_TYPE, NFT_NAT_SNAT),
                        family,
                        address,
                        first,
                        Numbers.number(data, NFTA_NAT_REG_PROTO_MAX)));
    }
}
