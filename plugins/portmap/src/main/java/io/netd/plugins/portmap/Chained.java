package io.netd.plugins.portmap;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.cni.CniAddress;
import io.netd.cni.CniException;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.firewall.Rule;
import io.netd.portmap.Grip;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortRequest;
import io.netd.portmap.PortmapRules;
import io.netd.portmap.Publication;
import io.netd.portmap.Publishing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the plugins before made, as far as publishing needs it.
 *
 * @param bridge the host's interface towards the container
 * @param addresses the container's first address of each family
 * @param routed families of which nothing is translated: published ports are opened at the container's own address
 * @param shared families of which the network's rules have what all its published ports share
 */
record Chained(String bridge, List<IpPrefix> addresses, Set<IpFamily> routed, Set<IpFamily> shared) {
    /** Reads the previous result, of whose network nothing is known. */
    static Chained of(CniResult previous, String ifName, Set<IpFamily> routed) {
        return of(previous, ifName, routed, Set.of());
    }

    /** Reads the previous result. */
    static Chained of(CniResult previous, String ifName, Set<IpFamily> routed, Set<IpFamily> shared) {
        Map<IpFamily, IpPrefix> addresses = new EnumMap<>(IpFamily.class);
        for (CniAddress address : previous.addresses()) {
            if (isOn(address, previous, ifName)) {
                addresses.putIfAbsent(address.address().family(), address.address());
            }
        }
        return new Chained(bridge(previous), List.copyOf(addresses.values()), routed, shared);
    }

    private static String bridge(CniResult previous) {
        for (CniInterface link : previous.interfaces()) {
            if (link.sandbox().isEmpty()) {
                return link.name();
            }
        }
        throw new CniException(ErrorCode.INVALID_CONFIG, "prevResult: no interface of the host leads to the container");
    }

    /**
     * The requests with their host addresses: one for every family that is translated and that the request covers. A
     * port that netd holds for a container with IPv4 only stays without one: IPv6 of the host's loopback is relayed to it.
     */
    List<PortRequest> settle(List<PortRequest> wanted, Grip grip) {
        boolean isRelayed = isRelayed(grip);
        List<PortRequest> settled = new ArrayList<>();
        for (PortRequest request : wanted) {
            List<IpAddress> hostIps = hostIps(request, isRelayed);
            if (!hostIps.isEmpty()) {
                settled.add(isRelayed && request.hostIps().isEmpty() ? request : request.on(hostIps));
            }
        }
        return PortRequest.distinct(settled);
    }

    private boolean isRelayed(Grip grip) {
        return grip == Grip.HELD && families().equals(List.of(IpFamily.IPV4));
    }

    /** What of the requests is opened at the container's own addresses. */
    List<PortMapping> opened(List<PortRequest> wanted) {
        return routed.isEmpty()
                ? List.of()
                : addresses.stream()
                        .map(IpPrefix::address)
                        .filter(address -> routed.contains(address.family()))
                        .flatMap(address -> wanted.stream()
                                .filter(request -> request.covers(address.family()))
                                .map(request -> request.at(address)))
                        .distinct()
                        .toList();
    }

    /** What of the requests leads nowhere, a sentence each: host addresses of a family that the container has none of. */
    List<String> leadingNowhere(List<PortRequest> wanted, Grip grip, String label) {
        return wanted.stream()
                .flatMap(request -> request.leadingNowhere(families(), isRelayed(grip), label).stream())
                .toList();
    }

    private List<IpFamily> families() {
        List<IpFamily> families = new ArrayList<>();
        for (IpPrefix address : addresses) {
            families.add(address.family());
        }
        return families;
    }

    private List<IpAddress> hostIps(PortRequest request, boolean isRelayed) {
        List<IpFamily> families = families();
        families.removeAll(routed);
        return request.hostIps().isEmpty()
                ? families.stream().map(IpAddress::any).toList()
                : request.leading(families, isRelayed);
    }

    /** What each of the container's addresses answers for. */
    List<Publication> publications(List<PortMapping> settled) {
        List<Publication> publications = new ArrayList<>();
        for (IpPrefix address : addresses) {
            publications.add(new Publication(bridge, address, settled));
        }
        publications.removeIf(publication -> publication.mappings().isEmpty());
        return publications;
    }

    /** The rules of what one address answers for, but for those that stand with the network. */
    List<Rule> rules(Publication publication, Publishing how) {
        boolean areShared = shared.contains(publication.family()) && how.equals(Publishing.PROTECTED);
        return areShared ? PortmapRules.own(publication, how) : PortmapRules.of(publication, how);
    }

    /** Whether the network's rules keep its containers away from the host's loopback. */
    boolean isGuarded() {
        return shared.contains(IpFamily.IPV4);
    }

    private static boolean isOn(CniAddress address, CniResult previous, String ifName) {
        int index = address.interfaceIndex().orElse(-1);
        return index < 0
                || index >= previous.interfaces().size()
                || previous.interfaces().get(index).name().equals(ifName);
    }
}
