package io.netd.netlink.nft;

import io.netd.address.IpFamily;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whose packets a table sees; tables of different families may bear the same name. */
public enum NftFamily {
    IP(2),
    IP6(10),
    INET(1),
    BRIDGE(7);

    private final int number;

    NftFamily(int number) {
        this.number = number;
    }

    /** The family of the tables that iptables or ip6tables uses. */
    public static NftFamily of(IpFamily family) {
        return family == IpFamily.IPV4 ? IP : IP6;
    }

    /** The family of the addresses of all its packets; none where there may be both. */
    public Optional<IpFamily> addresses() {
        return Stream.of(IpFamily.values()).filter(family -> of(family) == this).findFirst();
    }

    static Optional<NftFamily> of(int number) {
        return Stream.of(values()).filter(family -> family.number == number).findFirst();
    }

    /** NFPROTO_* of {@code linux/netfilter.h}. */
    int number() {
        return number;
    }

    /** The name as {@code nft} has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
