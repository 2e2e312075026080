package io.netd.firewall;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the rules of one bridge network depend on.
 *
 * @param bridge the bridge's interface name
 * @param subnets the subnets of its containers, of either family
 * @param masquerade whether containers reach the outside under the host's address, where addresses are translated
 * @param icc whether its containers reach one another otherwise than by published ports
 * @param internal whether nothing gets in or out but to and from the host itself
 * @param modes how containers of a family are reached; of a family without, by translation
 * @param sources what stands for the host's address in what leaves; of a family without, that of the interface it leaves by
 * @param admission who gets in besides
 */
public record BridgeNetwork(
        String bridge,
        List<IpPrefix> subnets,
        boolean masquerade,
        boolean icc,
        boolean internal,
        Map<IpFamily, GatewayMode> modes,
        Map<IpFamily, IpAddress> sources,
        Admission admission) {
    public BridgeNetwork {
        InterfaceNames.check(bridge);
        subnets = subnets.stream().map(IpPrefix::network).distinct().toList();
        modes = Map.copyOf(modes);
        sources = Map.copyOf(sources);
    }

    /** A network with Docker's defaults. */
    public BridgeNetwork(String bridge, List<IpPrefix> subnets, boolean masquerade) {
        this(bridge, subnets, masquerade, true, false, Map.of(), Map.of(), Admission.NONE);
    }

    /** How containers of this family are reached. */
    public GatewayMode mode(IpFamily family) {
        return modes.getOrDefault(family, GatewayMode.NAT);
    }

    /** The families of which nothing is translated, and published ports are reached at the containers' own addresses. */
    public Set<IpFamily> routed() {
        return modes.entrySet().stream()
                .filter(entry -> entry.getValue() == GatewayMode.ROUTED)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether what is sent to a container's own address from elsewhere is dropped before anything else is done with it:
     * not where answers come that way.
     */
    public boolean hides(IpFamily family) {
        return masquerade && isPublishedByNat(family);
    }

    /** Whether ports of the host lead to its containers, and whatever else is reached of them is up to its rules. */
    public boolean isPublishedByNat(IpFamily family) {
        return !internal && mode(family) == GatewayMode.NAT;
    }

    /** The mark whose bearers get in; an internal network stays closed to them, too. */
    Optional<Match.Mark> mark() {
        return internal ? Optional.empty() : admission.mark();
    }

    /** Whether what leaves bears the host's address. */
    boolean masquerades(IpFamily family) {
        return masquerade && !internal && mode(family).translates();
    }
}
