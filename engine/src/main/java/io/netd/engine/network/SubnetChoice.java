package io.netd.engine.network;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** The first of the pools' that fits. */
    IpPrefix choose() {
        return first(pools.stream().flatMap(AddressPool::subnets))
                .orElseThrow(() -> new NetworkException(
                        "no address pool is free of the host's own networks: choose one with --bip ADDRESS/LENGTH"));
    }

    /** The first of these that fits. */
    Optional<IpPrefix> first(Stream<IpPrefix> candidates) {
        return candidates.filter(this::isFree).findFirst();
    }

    private boolean isFree(IpPrefix subnet) {
        return onLink.stream().noneMatch(subnet::overlaps)
                && nameservers.stream().noneMatch(subnet::contains);
    }
}
