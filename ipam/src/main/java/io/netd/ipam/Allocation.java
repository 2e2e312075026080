package io.netd.ipam;

import io.netd.cni.CniDns;
import io.netd.cni.CniResult;
import io.netd.cni.CniRoute;
import java.util.List;

/** What an attachment got: one address per range set, in the order of the sets, and the configuration's routes. */
public record Allocation(List<AllocatedAddress> addresses, List<CniRoute> routes) {
    /** Keeps copies. */
    public Allocation {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    /** An IPAM's result: no interfaces, no interface indexes. */
    public CniResult toResult(CniDns dns) {
        return new CniResult(
                List.of(),
                addresses.stream().map(AllocatedAddress::toCniAddress).toList(),
                routes,
                dns);
    }
}
