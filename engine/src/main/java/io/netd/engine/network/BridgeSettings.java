package io.netd.engine.network;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.portmap.PortRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the host's owner wants of the default network.
 *
 * @param bridge the bridge's name
 * @param bip its address and subnet, if they are not to be chosen
 * @param pools where to choose them from
 * @param mtu its MTU, if not the default route's
 * @param rules whether netd keeps firewall rules for it
 * @param adopt whether a bridge of that name which netd did not make may be used as it is
 * @param binding where ports are published that name no address; 0.0.0.0 for everywhere
 * @param access who reaches whom
 * @param ipv6 whether it has IPv6, too
 * @param subnet6 its IPv6 subnet, if that is not to be chosen; without IPv6 it means nothing
 */
public record BridgeSettings(
        String bridge,
        Optional<IpPrefix> bip,
        List<AddressPool> pools,
        OptionalInt mtu,
        boolean rules,
        boolean adopt,
        Optional<IpAddress> binding,
        BridgeAccess access,
        boolean ipv6,
        Optional<IpPrefix> subnet6) {
    /** docker0, as Docker makes it. */
    public static final BridgeSettings DEFAULT = new BridgeSettings(
            "docker0",
            Optional.empty(),
            AddressPool.DOCKERS,
            OptionalInt.empty(),
            true,
            false,
            Optional.empty(),
            BridgeAccess.DEFAULT,
            false,
            Optional.empty());

    /** Refuses a bip that is a network's or no host's address. */
    public BridgeSettings {
        pools = List.copyOf(pools);
        bip.filter(IpPrefix::isNetwork).ifPresent(network -> {
            throw new IllegalArgumentException("bip " + network + ": must be the bridge's own address, such as "
                    + new IpPrefix(network.address().plus(1), network.length()));
        });
    }

    /**
     * Refuses to publish ports where netd keeps no rules.
     *
     * @throws NetworkException naming the first one
     */
    void requireRules(List<PortRequest> ports) {
        if (!ports.isEmpty() && !rules) {
            throw new NetworkException(
                    "port " + ports.get(0) + " cannot be published: netd runs with iptables set to false");
        }
    }
}
