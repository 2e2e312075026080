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

    /**
     * Reads {@code dst}, {@code gw}, {@code mtu}, {@code advmss}, {@code priority}, {@code table} and {@code scope}.
     *
     * @throws CniException with code 7 when the destination is missing or a value is wrong
     */
    public static CniRoute read(Settings route) {
        return new CniRoute(
                route.value("dst", IpPrefix::parse).orElseThrow(() -> route.invalid("dst", "missing")),
                route.value("gw", IpAddress::parse),
                positive(route, "mtu"),
                positive(route, "advmss"),
                positive(route, "priority"),
                number(route, "table"),
                number(route, "scope"));
    }

    /** Of these the reference library knows no 0 but that of a key that is absent. */
    private static OptionalInt positive(Settings route, String key) {
        OptionalInt number = number(route, key);
        return number.isPresent() && number.getAsInt() > 0 ? number : OptionalInt.empty();
    }

    private static OptionalInt number(Settings route, String key) {
        return route.integer(key, 0, Integer.MAX_VALUE);
    }
}
