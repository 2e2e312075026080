package io.netd.engine.network;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Addresses to cut subnets from.
 *
 * @param base all of them
 * @param size prefix length of each subnet
 */
public record AddressPool(IpPrefix base, int size) {
    private static final int MAX_CUT = 16;

    /** Docker's pools, in its order; 31 subnets. */
    public static final List<AddressPool> DOCKERS = List.of(
            new AddressPool(IpPrefix.parse("172.17.0.0/16"), 16),
            new AddressPool(IpPrefix.parse("172.18.0.0/16"), 16),
            new AddressPool(IpPrefix.parse("172.19.0.0/16"), 16),
            new AddressPool(IpPrefix.parse("172.20.0.0/14"), 16),
            new AddressPool(IpPrefix.parse("172.24.0.0/14"), 16),
            new AddressPool(IpPrefix.parse("172.28.0.0/14"), 16),
            new AddressPool(IpPrefix.parse("192.168.0.0/16"), 20));

    /** Refuses a base with host bits, another family than IPv4, and a size that cuts nothing or too much. */
    public AddressPool {
        if (!base.isNetwork() || base.family() != IpFamily.IPV4) {
            throw new IllegalArgumentException("address pool " + base + ": must be an IPv4 network");
        }
        if (size < base.length() || size - base.length() > MAX_CUT || size > 30) {
            throw new IllegalArgumentException("address pool " + base + ": cannot be cut to /" + size);
        }
    }

    /** The subnets, lowest first. */
    public Stream<IpPrefix> subnets() {
        long step = 1L << (base.family().bits() - size);
        return LongStream.range(0, 1L << (size - base.length()))
                .mapToObj(i -> new IpPrefix(base.address().plus(i * step), size));
    }
}
