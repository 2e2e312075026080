package io.netd.engine.network;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Addresses that somebody wants for a container.
 *
 * @param addresses at most one of each family
 */
public record WantedAddresses(List<IpAddress> addresses) {
    /** Whatever is free. */
    public static final WantedAddresses NONE = new WantedAddresses(List.of());

    /**
     * Keeps a copy.
     *
     * @throws IllegalArgumentException for an address that is nobody's, or a second one of a family
     */
    public WantedAddresses {
        addresses = List.copyOf(addresses);
        addresses.stream().filter(IpAddress::isAny).findFirst().ifPresent(any -> {
            throw new IllegalArgumentException("invalid " + family(any) + " address: " + any);
        });
        if (addresses.stream().map(IpAddress::family).distinct().count() < addresses.size()) {
            throw new IllegalArgumentException("more than one address of a family: " + addresses);
        }
    }

    /**
     * Refuses in Docker's words what a network has not got.
     *
     * @param network what it is called
     * @param isUsers whether a user defined it
     * @param subnets those of its containers
     * @throws IllegalArgumentException saying why
     */
    void requireIn(String network, boolean isUsers, List<IpPrefix> subnets) {
        List<String> faults = new ArrayList<>();
        if (!isUsers && !addresses.isEmpty()) {
            faults.add("user specified IP address is supported on user defined networks only");
        }
        addresses.stream()
                .filter(address -> subnets.stream().noneMatch(subnet -> subnet.contains(address)))
                .forEach(address -> faults.add("no configured subnet contains IP address " + address));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "invalid config for network " + network + ": invalid endpoint settings:\n" + text(faults));
        }
    }

    /** The first one that no container can have, although it lies in a subnet: a gateway's, or nobody's. */
    Optional<IpAddress> reserved(List<IpPrefix> gateways) {
        return addresses.stream()
                .filter(address -> gateways.stream().anyMatch(gateway -> isReserved(gateway, address)))
                .findFirst();
    }

    private static boolean isReserved(IpPrefix gateway, IpAddress address) {
        return address.equals(gateway.address())
                || address.equals(gateway.network().address())
                || address.family() == IpFamily.IPV4 && address.equals(gateway.broadcast());
    }

    private static String text(List<String> faults) {
        return faults.size() == 1 ? faults.get(0) : faults.stream().collect(Collectors.joining("\n* ", "* ", ""));
    }

    private static String family(IpAddress address) {
        return address.family() == IpFamily.IPV4 ? "IPv4" : "IPv6";
    }
}
