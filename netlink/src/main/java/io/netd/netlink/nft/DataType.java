package io.netd.netlink.nft;

import java.util.List;

/** A type of {@code nft}'s that a field of a set's key or value has; the numbers are those of its {@code datatype.h}. */
public enum DataType {
    IPV4_ADDR(7, 4),
    IPV6_ADDR(8, 16),
    INET_PROTO(12, 1),
    INET_SERVICE(13, 2),
    IFNAME(41, 16),
    /** What to do with a packet: the value of a verdict map, alone there ({@code NFT_DATA_VERDICT}). */
    VERDICT(0xffffff00, 0);

    private static final int TYPE_BITS = 6;
    private static final int REGISTER = 4;

    private final int number;
    private final int length;

    DataType(int number, int length) {
        this.number = number;
        this.length = length;
    }

    /**
     * The register that begins after so many bytes of register 1 and those behind it, as the kernel calls it: by the
     * number of a whole register where it is the beginning of one.
     */
    public static int register(int bytes) {
        int quarter = bytes / REGISTER;
        return quarter % REGISTER == 0 ? NfTables.NFT_REG_1 + quarter / REGISTER : NfTables.NFT_REG32_00 + quarter;
    }

    /** How many bytes the field has among others, filled up to whole registers. */
    public int padded() {
        return (length + REGISTER - 1) & -REGISTER;
    }

    /** The number by which {@code nft} knows fields beside one another. */
    static int number(List<DataType> fields) {
        int number = 0;
        for (DataType field : fields) {
            number = number << TYPE_BITS | field.number;
        }
        return number;
    }

    /** How many bytes the fields have. */
    static int length(List<DataType> fields) {
        return fields.size() == 1
                ? fields.get(0).length
                : fields.stream().mapToInt(DataType::padded).sum();
    }
}
