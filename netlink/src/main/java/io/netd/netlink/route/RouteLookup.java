package io.netd.netlink.route;

import static io.netd.netlink.route.Rtnetlink.RTA_DST;
import static io.netd.netlink.route.Rtnetlink.RTA_GATEWAY;
import static io.netd.netlink.route.Rtnetlink.RTA_IIF;
import static io.netd.netlink.route.Rtnetlink.RTA_OIF;
import static io.netd.netlink.route.Rtnetlink.RTA_PREFSRC;
import static io.netd.netlink.route.Rtnetlink.RTA_SRC;
import static io.netd.netlink.route.Rtnetlink.RTMSG;

import io.netd.address.IpAddress;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.Optional;

/**
 * Where the kernel would send a packet, as {@code ip route get} shows it.
 *
 * @param isLocal whether it is for this host itself
 * @param outIndex the link it would leave by; of a local one lo
 * @param gateway the next hop, if the destination is not on the link
 * @param source the address of this host that it would be sent from
 */
public record RouteLookup(boolean isLocal, int outIndex, Optional<IpAddress> gateway, Optional<IpAddress> source) {
    /** Asks about a packet of this host's own. */
    static MessageWriter of(MessageWriter writer, IpAddress destination) {
        return header(writer, destination, 0).ip(RTA_DST, destination);
    }

    /** Asks about a packet that comes in by a link. */
    static MessageWriter of(MessageWriter writer, IpAddress destination, IpAddress source, int inIndex) {
        return header(writer, destination, destination.family().bits())
                .ip(RTA_DST, destination)
                .ip(RTA_SRC, source)
                .u32(RTA_IIF, inIndex);
    }

    private static MessageWriter header(MessageWriter writer, IpAddress destination, int sourceLength) {
        writer.begin(Rtnetlink.RTM_GETROUTE, Netlink.NLM_F_REQUEST);
        return writer.u8(AddressCodec.family(destination.family()))
                .u8(destination.family().bits())
                .u8(sourceLength)
                .bytes(new byte[RTMSG - 3]);
    }

    static Optional<RouteLookup> decode(Message message) {
        if (message.type() != Rtnetlink.RTM_NEWROUTE) {
            return Optional.empty();
        }
        Attributes all = message.attributes(RTMSG);
        return Optional.of(new RouteLookup(
                message.payload().get(7) == Rtnetlink.RTN_LOCAL,
                all.u32(RTA_OIF).orElse(0),
                all.ip(RTA_GATEWAY),
                all.ip(RTA_PREFSRC)));
    }
}
