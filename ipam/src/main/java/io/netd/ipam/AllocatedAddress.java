package io.netd.ipam;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.cni.CniAddress;
import java.util.Optional;
import java.util.OptionalInt;

/** An address given to a container, with its subnet's prefix length, and the subnet's gateway. */
public record AllocatedAddress(IpPrefix address, IpAddress gateway) {
    static AllocatedAddress of(IpAddress address, Range range) {
        return new AllocatedAddress(new IpPrefix(address, range.subnet().length()), range.gateway());
    }

    /** The address as a result holds it, on no interface yet. */
    public CniAddress toCniAddress() {
        return new CniAddress(address, Optional.of(gateway), OptionalInt.empty());
    }
}
