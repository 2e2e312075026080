package io.netd.cni;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import java.util.Optional;
import java.util.OptionalInt;

/** An address in a result; the index counts the result's interfaces from 0 and is absent in an IPAM's result. */
public record CniAddress(IpPrefix address, Optional<IpAddress> gateway, OptionalInt interfaceIndex) {
    /** The same address on the interface of this index. */
    public CniAddress on(int index) {
        return new CniAddress(address, gateway, OptionalInt.of(index));
    }
}
