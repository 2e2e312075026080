package io.netd.firewall;

/** What routing thinks of an address, as {@code -m addrtype} knows it; the code is the kernel's RTN_*. */
public enum AddressType {
    UNICAST(1),
    LOCAL(2),
    BROADCAST(3);

    private final int code;

    AddressType(int code) {
        this.code = code;
    }

    /** Returns the kernel's RTN_* number. */
    public int number() {
        return code;
    }

    /** Returns the bit of this type in {@code struct xt_addrtype_info_v1}. */
    public int bit() {
        return 1 << code;
    }
}
