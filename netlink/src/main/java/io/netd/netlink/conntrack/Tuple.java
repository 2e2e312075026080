package io.netd.netlink.conntrack;

import static io.netd.netlink.conntrack.Ctnetlink.CTA_IP_V4_DST;
import static io.netd.netlink.conntrack.Ctnetlink.CTA_IP_V4_SRC;
import static io.netd.netlink.conntrack.Ctnetlink.CTA_IP_V6_DST;
import static io.netd.netlink.conntrack.Ctnetlink.CTA_IP_V6_SRC;
import static io.netd.netlink.conntrack.Ctnetlink.CTA_PROTO_DST_PORT;
import static io.netd.netlink.conntrack.Ctnetlink.CTA_PROTO_NUM;
import static io.netd.netlink.conntrack.Ctnetlink.CTA_PROTO_SRC_PORT;
import static io.netd.netlink.conntrack.Ctnetlink.CTA_TUPLE_IP;
import static io.netd.netlink.conntrack.Ctnetlink.CTA_TUPLE_PROTO;

import io.netd.address.IpAddress;
import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import java.util.Optional;

/**
 * One direction of a tracked flow.
 *
 * @param protocol IP protocol number
 * @param sourcePort 0 for protocols without ports
 * @param destinationPort 0 for protocols without ports
 */
public record Tuple(IpAddress source, IpAddress destination, int protocol, int sourcePort, int destinationPort) {
    /** The direction in a CTA_TUPLE_* attribute; empty when it names no addresses. */
    static Optional<Tuple> decode(Attributes tuple) {
        Attributes ip = tuple.nested(CTA_TUPLE_IP);
        Attributes proto = tuple.nested(CTA_TUPLE_PROTO);
        Optional<IpAddress> source = ip.ip(CTA_IP_V4_SRC).or(() -> ip.ip(CTA_IP_V6_SRC));
        Optional<IpAddress> destination = ip.ip(CTA_IP_V4_DST).or(() -> ip.ip(CTA_IP_V6_DST));
        if (source.isEmpty() || destination.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Tuple(
                source.get(),
                destination.get(),
                proto.find(CTA_PROTO_NUM).map(Attribute::u8).orElse(0),
                proto.find(CTA_PROTO_SRC_PORT).map(Attribute::be16).orElse(0),
                proto.find(CTA_PROTO_DST_PORT).map(Attribute::be16).orElse(0)));
    }

    /** Whether one of the ends has this address. */
    public boolean touches(IpAddress address) {
        return source.equals(address) || destination.equals(address);
    }
}
