package io.netd.engine.network;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import java.util.List;

/**
 * Which subnet a network gets: the first of the pools that hides nothing the host can reach directly.
 *
 * @param pools where to choose from, in order
 * @param onLink destinations the host reaches without a gateway
 * @param nameservers the host's nameservers
 */
record SubnetChoice(List<AddressPool> pools, List<IpPrefix> onLink, List<IpAddress> nameservers) {
    SubnetChoice {
        pools = List.copyOf(pools);
        onLink = List.copyOf(onLink);
        nameservers = List.copyOf(nameservers);
    }

    /** The first that fits. */
    IpPrefix choose() {
        return pools.stream()
                .flatMap(AddressPool::subnets)
                .filter(this::isFree)
                .findFirst()
                .orElseThrow(() -> new NetworkException(
                        "no address pool is free of the host's own networks: choose one with --bip ADDRESS/LENGTH"));
    }

    private boolean isFree(IpPrefix subnet) {
        return onLink.stream().noneMatch(subnet::overlaps)
                && nameservers.stream().noneMatch(subnet::contains);
    }
}
