package io.netd.engine.network;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network that somebody wants.
 *
 * @param name its name
 * @param subnets at most one of each family; of a family without, one is chosen
 * @param gateways an address in each subnet at most; without, the subnet's first
 * @param ipv6 whether it has IPv6 even where no subnet of it is given
 * @param internal whether it has no way in or out
 * @param options as they were given, by Docker's names
 */
public record NetworkRequest(
        String name,
        List<IpPrefix> subnets,
        List<IpAddress> gateways,
        boolean ipv6,
        boolean internal,
        Map<String, String> options) {
    private static final Set<String> PREDEFINED = Set.of("bridge", "host", "none", "default");
    private static final int LONGEST_NAME = 128;
    private static final int ROOM = 2;

    /**
     * Refuses in Docker's words what makes no network.
     *
     * @throws IllegalArgumentException saying why
     */
    public NetworkRequest {
        subnets = List.copyOf(subnets);
        gateways = List.copyOf(gateways);
        options = Map.copyOf(new LinkedHashMap<>(options));
        requireName(name);
        subnets.forEach(NetworkRequest::requireSubnet);
        requireOnePerFamily(subnets);
        if (gateways.size() > subnets.size()) {
            throw new IllegalArgumentException("every ip-range or gateway must have a corresponding subnet");
        }
        requireGateways(subnets, gateways);
        ipv6 = ipv6 || subnets.stream().anyMatch(subnet -> subnet.family() == IpFamily.IPV6);
        BridgeOptions.parse(options).requireFitting(internal, ipv6);
    }

    /** Whether a network of this name is always there and nobody's to make or remove. */
    static boolean isPredefined(String name) {
        return PREDEFINED.contains(name);
    }

    /** The subnet of a family, if it is not to be chosen. */
    Optional<IpPrefix> subnet(IpFamily family) {
        return subnets.stream().filter(subnet -> subnet.family() == family).findFirst();
    }

    /** The gateway in a subnet with that subnet's length. */
    IpPrefix gatewayIn(IpPrefix subnet) {
        IpAddress address = gateways.stream()
                .filter(subnet::contains)
                .findFirst()
                .orElseGet(() -> subnet.address().plus(1));
        return new IpPrefix(address, subnet.length());
    }

    private static void requireName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("invalid name: name is empty");
        }
        if (isPredefined(name)) {
            throw new IllegalArgumentException("operation is not permitted on predefined " + name + " network");
        }
        if (name.length() > LONGEST_NAME || !name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
            throw new IllegalArgumentException("invalid name: " + name
                    + ": only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed, " + LONGEST_NAME + " at most");
        }
    }

    private static void requireSubnet(IpPrefix subnet) {
        if (!subnet.isNetwork()) {
            throw new IllegalArgumentException("invalid subnet " + subnet + ": it should be " + subnet.network());
        }
        IpAddress first = subnet.address();
        if (first.isAny() || first.isLoopback() || first.isMulticast() || first.isLinkLocal()) {
            throw new IllegalArgumentException("invalid subnet " + subnet + ": containers cannot have such addresses");
        }
        if (subnet.length() > subnet.family().bits() - ROOM) {
            throw new IllegalArgumentException(
                    "invalid subnet " + subnet + ": it has no room for a gateway and a container");
        }
    }

    private static void requireOnePerFamily(List<IpPrefix> subnets) {
        for (IpPrefix subnet : subnets) {
            List<IpPrefix> same = subnets.stream()
                    .filter(other -> other.family() == subnet.family())
                    .toList();
            if (same.size() > 1) {
                throw new IllegalArgumentException(
                        same.get(0).overlaps(same.get(1))
                                ? "multiple overlapping subnet configuration is not supported"
                                : "bridge driver doesn't support multiple subnets");
            }
        }
    }

    private static void requireGateways(List<IpPrefix> subnets, List<IpAddress> gateways) {
        Map<IpPrefix, IpAddress> known = new LinkedHashMap<>();
        for (IpAddress gateway : gateways) {
            IpPrefix subnet = subnets.stream()
                    .filter(candidate -> candidate.contains(gateway))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no matching subnet for gateway " + gateway));
            IpAddress other = known.put(subnet, gateway);
            if (other != null) {
                throw new IllegalArgumentException("cannot configure multiple gateways (" + gateway + ", " + other
                        + ") for the same subnet (" + subnet + ")");
            }
            boolean isNobodys = gateway.equals(subnet.address())
                    || gateway.family() == IpFamily.IPV4 && gateway.equals(subnet.broadcast());
            if (isNobodys) {
                throw new IllegalArgumentException(
                        "invalid gateway " + gateway + ": it is no host's address in " + subnet);
            }
        }
    }
}
