package io.netd.address;

/** The two versions of the Internet Protocol. */
public enum IpFamily {
    /** IP version 4. */
    IPV4(32),
    /** IP version 6. */
    IPV6(128);

    private final int bits;

    IpFamily(int bits) {
        this.bits = bits;
    }

    /** The length of an address in bits: 32 or 128. */
    public int bits() {
        return bits;
    }

    /** The length of an address in bytes: 4 or 16. */
    public int bytes() {
        return bits / Byte.SIZE;
    }
}
