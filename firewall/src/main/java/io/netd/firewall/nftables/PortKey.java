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

/**
 * A packet's destination as the key of a map.
 *
 * @param address the address; absent for any
 * @param protocol the protocol; absent for any
 * @param ports the ports; there with the protocol only
 */
record PortKey(Optional<IpAddress> address, Optional<Protocol> protocol, Optional<PortRange> ports) {
    /** The key among a rule's conditions; nothing where they name none, or no single address. */
    static Optional<PortKey> of(Rule rule) {
        if (rule.comment().isPresent()) {
            return Optional.empty();
        }
        Optional<IpAddress> address = Optional.empty();
        Optional<Protocol> protocol = Optional.empty();
        Optional<PortRange> ports = Optional.empty();
        for (Match match : rule.matches()) {
            if (match instanceof Match.Destination destination) {
                if (!isSingle(destination)) {
                    return Optional.empty();
                }
                address = Optional.of(destination.prefix().address());
            } else if (match instanceof Match.Proto proto) {
                protocol = Optional.of(proto.protocol());
            } else if (match instanceof Match.DestinationPort port) {
                ports = Optional.of(port.ports());
            }
        }
        boolean isWhole = protocol.isPresent() == ports.isPresent() && (address.isPresent() || ports.isPresent());
        return isWhole ? Optional.of(new PortKey(address, protocol, ports)) : Optional.empty();
    }

    /** Whether it stands for several ports. */
    boolean isRange() {
        return ports.isPresent() && ports.get().size() > 1;
    }

    /** A rule's other conditions. */
    static List<Match> others(Rule rule) {
        List<Match> others = new ArrayList<>();
        for (Match match : rule.matches()) {
            boolean isOfKey = match instanceof Match.Destination
                    || match instanceof Match.Proto
                    || match instanceof Match.DestinationPort;
            if (!isOfKey) {
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
        Data first = key(ports.map(PortRange::first));
        return new NftElement(first, isRange() ? key(ports.map(PortRange::last)) : first, value);
    }

    private Data key(Optional<Integer> port) {
        Fields fields = new Fields();
        if (address.isPresent()) {
            fields.address(address.get());
        }
        if (protocol.isPresent() && port.isPresent()) {
            fields.protocol(protocol.get()).port(port.get());
        }
        return fields.data();
    }

    private static boolean isSingle(Match.Destination destination) {
        IpPrefix prefix = destination.prefix();
        return !destination.negated() && prefix.length() == prefix.family().bits();
    }
}
