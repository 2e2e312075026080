package io.netd.netlink.route;

import static io.netd.netlink.route.IfLink.IFF_ALLMULTI;
import static io.netd.netlink.route.IfLink.IFF_PROMISC;
import static io.netd.netlink.route.IfLink.IFF_RUNNING;
import static io.netd.netlink.route.IfLink.IFF_UP;
import static io.netd.netlink.route.IfLink.IFINFOMSG;
import static io.netd.netlink.route.IfLink.IFLA_ADDRESS;
import static io.netd.netlink.route.IfLink.IFLA_AF_SPEC;
import static io.netd.netlink.route.IfLink.IFLA_EXT_MASK;
import static io.netd.netlink.route.IfLink.IFLA_GROUP;
import static io.netd.netlink.route.IfLink.IFLA_IFALIAS;
import static io.netd.netlink.route.IfLink.IFLA_IFNAME;
import static io.netd.netlink.route.IfLink.IFLA_INET_CONF;
import static io.netd.netlink.route.IfLink.IFLA_INFO_KIND;
import static io.netd.netlink.route.IfLink.IFLA_LINK;
import static io.netd.netlink.route.IfLink.IFLA_LINKINFO;
import static io.netd.netlink.route.IfLink.IFLA_MASTER;
import static io.netd.netlink.route.IfLink.IFLA_MTU;
import static io.netd.netlink.route.IfLink.IFLA_TXQLEN;
import static io.netd.netlink.route.IfLink.IPV4_DEVCONF_ARP_NOTIFY;
import static io.netd.netlink.route.IfLink.RTEXT_FILTER_SKIP_STATS;

import io.netd.address.MacAddress;
import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.Optional;

/** Link messages to bytes and back. Pure. */
final class LinkCodec {
    private static final int ETHERNET = 6;

    private LinkCodec() {}

    /** {@code struct ifinfomsg} of a request. */
    static MessageWriter header(MessageWriter writer, int index, int flags, int change) {
        return writer.u8(Rtnetlink.AF_UNSPEC).u8(0).u16(0).u32(index).u32(flags).u32(change);
    }

    /** Starts a request for a change of one link, acknowledged. */
    static MessageWriter change(MessageWriter writer, int index, int flags, int change) {
        writer.begin(Rtnetlink.RTM_SETLINK, Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK);
        return header(writer, index, flags, change);
    }

    /** Adds arp_notify to a request for a change. */
    static MessageWriter announce(MessageWriter writer) {
        writer.nest(IFLA_AF_SPEC).nest(Rtnetlink.AF_INET).nest(IFLA_INET_CONF);
        return writer.u32(IPV4_DEVCONF_ARP_NOTIFY, 1).unnest().unnest().unnest();
    }

    static MessageWriter get(MessageWriter writer, int index) {
        writer.begin(Rtnetlink.RTM_GETLINK, Netlink.NLM_F_REQUEST);
        return header(writer, index, 0, 0).u32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    }

    static MessageWriter get(MessageWriter writer, String name) {
        return get(writer, 0).text(IFLA_IFNAME, name);
    }

    static MessageWriter list(MessageWriter writer) {
        writer.begin(Rtnetlink.RTM_GETLINK, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP);
        return header(writer, 0, 0, 0).u32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    }

    /** The link of an RTM_NEWLINK or RTM_DELLINK message; empty for other messages and for a bridge's own port messages. */
    static Optional<Link> decode(Message message) {
        boolean isLink = message.type() == Rtnetlink.RTM_NEWLINK || message.type() == Rtnetlink.RTM_DELLINK;
        if (!isLink || message.payload().get(0) != Rtnetlink.AF_UNSPEC) {
            return Optional.empty();
        }
        Attributes all = message.attributes(IFINFOMSG);
        int flags = message.payload().getInt(8);
        return Optional.of(new Link(
                message.payload().getInt(4),
                all.text(IFLA_IFNAME).orElse(""),
                all.nested(IFLA_LINKINFO).text(IFLA_INFO_KIND).orElse(""),
                all.find(IFLA_ADDRESS).flatMap(LinkCodec::mac),
                all.u32(IFLA_MTU).orElse(0),
                all.u32(IFLA_MASTER).orElse(0),
                all.u32(IFLA_LINK).orElse(0),
                (flags & IFF_UP) != 0,
                (flags & IFF_RUNNING) != 0,
                all.text(IFLA_IFALIAS),
                all.u32(IFLA_GROUP).orElse(0),
                (flags & IFF_PROMISC) != 0,
                (flags & IFF_ALLMULTI) != 0,
                all.u32(IFLA_TXQLEN).orElse(0)));
    }

    /** What its bridge makes of the link of an RTM_NEWLINK message; empty when no bridge has it. */
    static Optional<PortFlags> port(Message message) {
        if (message.type() != Rtnetlink.RTM_NEWLINK) {
            return Optional.empty();
        }
        Attributes info = message.attributes(IFINFOMSG).nested(IFLA_LINKINFO);
        Attributes port = info.nested(IfLink.IFLA_INFO_SLAVE_DATA);
        return info.text(IfLink.IFLA_INFO_SLAVE_KIND)
                .filter("bridge"::equals)
                .map(kind ->
                        new PortFlags(isOn(port, IfLink.IFLA_BRPORT_MODE), isOn(port, IfLink.IFLA_BRPORT_ISOLATED)));
    }

    private static boolean isOn(Attributes port, int flag) {
        return port.find(flag).filter(value -> value.u8() != 0).isPresent();
    }

    /** Tunnels have hardware addresses of other lengths. */
    private static Optional<MacAddress> mac(Attribute attribute) {
        return attribute.value().limit() == ETHERNET ? Optional.of(attribute.mac()) : Optional.empty();
    }
}
