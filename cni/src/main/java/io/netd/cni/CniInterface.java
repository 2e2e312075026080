package io.netd.cni;

import io.netd.address.MacAddress;
import java.util.Optional;
import java.util.OptionalInt;

/** An interface in a result; {@code sandbox} is the path of its namespace, absent for one of the host. */
public record CniInterface(
        String name,
        Optional<MacAddress> mac,
        OptionalInt mtu,
        Optional<String> sandbox,
        Optional<String> socketPath,
        Optional<String> pciId) {
    /** To the reference library an MTU of 0 is none, and it writes no such key. */
    public CniInterface {
        mtu = mtu.orElse(0) == 0 ? OptionalInt.empty() : mtu;
    }

    /** An interface of the host. */
    public static CniInterface ofHost(String name, MacAddress mac, int mtu) {
        return new CniInterface(
                name, Optional.of(mac), OptionalInt.of(mtu), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** An interface of a container. */
    public static CniInterface ofContainer(String name, MacAddress mac, int mtu, String sandbox) {
        return new CniInterface(
                name, Optional.of(mac), OptionalInt.of(mtu), Optional.of(sandbox), Optional.empty(), Optional.empty());
    }
}
