package io.netd.cni;

import io.netd.address.IpFamily;
import java.util.List;
import java.util.Optional;

/** What an ADD has made, free of any version; {@link ResultJson} gives it a version's shape. */
public record CniResult(List<CniInterface> interfaces, List<CniAddress> addresses, List<CniRoute> routes, CniDns dns) {
    /** A result that says nothing. */
    public static final CniResult EMPTY = new CniResult(List.of(), List.of(), List.of(), CniDns.EMPTY);

    /** Keeps copies. */
    public CniResult {
        interfaces = List.copyOf(interfaces);
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    /** The first address of a family. */
    public Optional<CniAddress> firstAddress(IpFamily family) {
        return addresses.stream()
                .filter(address -> address.address().family() == family)
                .findFirst();
    }

    /** The same result with other interfaces. */
    public CniResult withInterfaces(List<CniInterface> others) {
        return new CniResult(others, addresses, routes, dns);
    }

    /** The same result with other addresses. */
    public CniResult withAddresses(List<CniAddress> others) {
        return new CniResult(interfaces, others, routes, dns);
    }

    /** The same result with other routes. */
    public CniResult withRoutes(List<CniRoute> others) {
        return new CniResult(interfaces, addresses, others, dns);
    }

    /** The same result with other name service settings. */
    public CniResult withDns(CniDns other) {
        return new CniResult(interfaces, addresses, routes, other);
    }

    /**
     * Makes sure that the version's shape can hold this result; ask before anything is done.
     *
     * @throws CniException with code 7: 0.1.0 and 0.2.0 know no result without an address
     */
    public void requireConvertible(CniVersion version) {
        if (version.isFlat() && addresses.isEmpty()) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIG,
                    "cniVersion \"" + version + "\": cannot convert: no valid IP addresses",
                    "a network without addresses needs cniVersion 0.3.0 or later");
        }
    }
}
