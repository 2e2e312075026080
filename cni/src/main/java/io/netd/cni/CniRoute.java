package io.netd.cni;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import java.util.Optional;
import java.util.OptionalInt;

/** A route in a result or an IPAM configuration; what is absent is the kernel's default. */
public record CniRoute(
        IpPrefix destination,
        Optional<IpAddress> gateway,
        OptionalInt mtu,
        OptionalInt advmss,
        OptionalInt priority,
        OptionalInt table,
        OptionalInt scope) {

    /** A plain route. */
    public static CniRoute of(IpPrefix destination, Optional<IpAddress> gateway) {
        OptionalInt none = OptionalInt.empty();
        return new CniRoute(destination, gateway, none, none, none, none, none);
    }
}
