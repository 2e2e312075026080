package io.netd.firewall.nftables;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.firewall.Match;
import io.netd.firewall.Rule;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.DataType;
import io.netd.netlink.nft.NftElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A packet's destination as the key of a map.
 *
 * @param address the address; absent for any
 * @param protocol the protocol; absent for any
 * @param ports the ports; there with the protocol only
 */
record PortKey(Optional<IpAddress> address, Optional<Protocol> protocol, Optional<PortRange> ports) {
    private static final Set<Class<?>> KINDS =
            Set.of(Match.Destination.class, Match.Proto.class, Match.DestinationPort.class);

    /** The key among a rule's conditions; nothing where they name none, or no single address. */
    static Optional<PortKey> of(Rule rule) {
        if (rule.comment().isPresent()) {
            return Optional.empty();
        }
        Optional<Match.Destination> destination = find(rule, Match.Destination.class);
        Optional<Protocol> protocol = find(rule, Match.Proto.class).map(Match.Proto::protocol);
        Optional<PortRange> ports = find(rule, Match.DestinationPort.class).map(Match.DestinationPort::ports);
        boolean isWhole = protocol.isPresent() == ports.isPresent()
                && (destination.isPresent() || ports.isPresent())
                && destination.map(PortKey::isSingle).orElse(true);
        return isWhole
                ? Optional.of(
                        new PortKey(destination.map(match -> match.prefix().address()), protocol, ports))
                : Optional.empty();
    }

    /** Whether it stands for several ports. */
    boolean isRange() {
        return ports.filter(range -> range.size() > 1).isPresent();
    }

    /** A rule's other conditions. */
    static List<Match> others(Rule rule) {
        List<Match> others = new ArrayList<>();
        for (Match match : rule.matches()) {
            if (!KINDS.contains(match.getClass())) {
                others.add(match);
            }
        }
        return others;
    }

    /** The fields of the key. */
    List<DataType> fields(IpFamily family) {
        List<DataType> fields = new ArrayList<>();
        if (address.isPresent()) {
            fields.add(family == IpFamily.IPV4 ? DataType.IPV4_ADDR : DataType.IPV6_ADDR);
        }
        if (ports.isPresent()) {
            fields.add(DataType.INET_PROTO);
            fields.add(DataType.INET_SERVICE);
        }
        return fields;
    }

    /** The key, or the keys of a range, with what a map has for it. */
    NftElement element(Data value) {
        return new NftElement(key(ports.map(PortRange::first)), key(ports.map(PortRange::last)), value);
    }

    private Data key(Optional<Integer> port) {
        Fields fields = new Fields();
        address.ifPresent(fields::address);
        protocol.ifPresent(fields::protocol);
        port.ifPresent(fields::port);
        return fields.data();
    }

    private static boolean isSingle(Match.Destination destination) {
        IpPrefix prefix = destination.prefix();
        return !destination.negated() && prefix.equals(IpPrefix.host(prefix.address()));
    }

    private static <T extends Match> Optional<T> find(Rule rule, Class<T> kind) {
        for (Match match : rule.matches()) {
            if (kind.isInstance(match)) {
                return Optional.of(kind.cast(match));
            }
        }
        return Optional.empty();
    }
}
