package io.netd.cni;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import java.util.Optional;

/** A range of addresses as a configuration writes it; what is absent follows from the subnet. */
public record IpRange(
        IpPrefix subnet, Optional<IpAddress> rangeStart, Optional<IpAddress> rangeEnd, Optional<IpAddress> gateway) {
    /**
     * Reads {@code subnet}, {@code rangeStart}, {@code rangeEnd} and {@code gateway}.
     *
     * @throws CniException with code 7 when the subnet is missing or one of them is no address
     */
    public static IpRange read(Settings range) {
        IpPrefix subnet = range.value("subnet", IpPrefix::parse).orElseThrow(() -> range.invalid("subnet", "missing"));
        return new IpRange(subnet, address(range, "rangeStart"), address(range, "rangeEnd"), address(range, "gateway"));
    }

    private static Optional<IpAddress> address(Settings range, String key) {
        return range.value(key, RequestedIp::parse).map(RequestedIp::address);
    }
}
