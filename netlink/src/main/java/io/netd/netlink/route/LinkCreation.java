package io.netd.netlink.route;

import static io.netd.netlink.route.IfLink.IFF_UP;
import static io.netd.netlink.route.IfLink.IFLA_ADDRESS;
import static io.netd.netlink.route.IfLink.IFLA_BRPORT_ISOLATED;
import static io.netd.netlink.route.IfLink.IFLA_BRPORT_MODE;
import static io.netd.netlink.route.IfLink.IFLA_BR_VLAN_FILTERING;
import static io.netd.netlink.route.IfLink.IFLA_IFALIAS;
import static io.netd.netlink.route.IfLink.IFLA_IFNAME;
import static io.netd.netlink.route.IfLink.IFLA_INFO_DATA;
import static io.netd.netlink.route.IfLink.IFLA_INFO_KIND;
import static io.netd.netlink.route.IfLink.IFLA_INFO_SLAVE_DATA;
import static io.netd.netlink.route.IfLink.IFLA_INFO_SLAVE_KIND;
import static io.netd.netlink.route.IfLink.IFLA_LINKINFO;
import static io.netd.netlink.route.IfLink.IFLA_MASTER;
import static io.netd.netlink.route.IfLink.IFLA_MTU;
import static io.netd.netlink.route.IfLink.IFLA_NET_NS_FD;
import static io.netd.netlink.route.IfLink.IFLA_NUM_RX_QUEUES;
import static io.netd.netlink.route.IfLink.IFLA_NUM_TX_QUEUES;
import static io.netd.netlink.route.IfLink.IFLA_TXQLEN;
import static io.netd.netlink.route.IfLink.VETH_INFO_PEER;

import io.netd.address.MacAddress;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.Optional;

/** Requests that make links. Pure. */
final class LinkCreation {
    static final int ACKED = Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK;
    private static final int NEW = ACKED | Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL;

    private LinkCreation() {}

    /** The last message asks for the link made. */
    static MessageWriter bridge(String name, Optional<MacAddress> mac, int mtu, boolean vlanFiltering) {
        MessageWriter writer = new MessageWriter().begin(Rtnetlink.RTM_NEWLINK, NEW);
        LinkCodec.header(writer, 0, 0, 0).text(IFLA_IFNAME, name);
        mac.ifPresent(address -> writer.mac(IFLA_ADDRESS, address));
        writer.nest(IFLA_LINKINFO).text(IFLA_INFO_KIND, "bridge");
        if (vlanFiltering) {
            writer.nest(IFLA_INFO_DATA).u8(IFLA_BR_VLAN_FILTERING, 1).unnest();
        }
        writer.unnest();
        if (mtu > 0) {
            // Only a change after creation counts as the user's choice; else the bridge follows its ports' MTU.
            LinkCodec.change(writer, 0, 0, 0).text(IFLA_IFNAME, name).u32(IFLA_MTU, mtu);
        }
        return LinkCodec.get(writer, name);
    }

    /** The last message asks for the link made. */
    static MessageWriter ifb(String name, MacAddress mac, int mtu, String alias) {
        MessageWriter writer = new MessageWriter().begin(Rtnetlink.RTM_NEWLINK, NEW);
        LinkCodec.header(writer, 0, IFF_UP, IFF_UP).mac(IFLA_ADDRESS, mac).u32(IFLA_MTU, mtu);
        writer.u32(IFLA_TXQLEN, 0).text(IFLA_IFNAME, name);
        writer.nest(IFLA_LINKINFO).text(IFLA_INFO_KIND, "ifb").unnest();
        LinkCodec.change(writer, 0, 0, 0).text(IFLA_IFNAME, name).text(IFLA_IFALIAS, alias);
        return LinkCodec.get(writer, name);
    }

    static MessageWriter veth(VethSpec spec) {
        MessageWriter writer = new MessageWriter().begin(Rtnetlink.RTM_NEWLINK, NEW);
        LinkCodec.header(writer, 0, IFF_UP, IFF_UP).text(IFLA_IFNAME, spec.hostName());
        spec.hostMac().ifPresent(mac -> writer.mac(IFLA_ADDRESS, mac));
        size(writer, spec);
        if (spec.master() != 0) {
            writer.u32(IFLA_MASTER, spec.master());
        }
        writer.nest(IFLA_LINKINFO).text(IFLA_INFO_KIND, "veth").nest(IFLA_INFO_DATA);
        peer(writer, spec);
        writer.unnest().unnest();
        return equip(writer, spec);
    }

    /** The peer must be born down: IFF_UP here is refused with ENOTCONN. */
    private static void peer(MessageWriter writer, VethSpec spec) {
        LinkCodec.header(writer.nest(VETH_INFO_PEER), 0, 0, 0).text(IFLA_IFNAME, spec.peerName());
        spec.peerMac().ifPresent(mac -> writer.mac(IFLA_ADDRESS, mac));
        size(writer, spec);
        writer.u32(IFLA_NET_NS_FD, spec.peerNamespace().number()).unnest();
    }

    /**
     * One queue each way is what a pair uses by itself. Without these numbers the kernel makes one for each processor
     * and then takes them away again, which costs a tenth of a millisecond.
     */
    private static void size(MessageWriter writer, VethSpec spec) {
        writer.u32(IFLA_NUM_TX_QUEUES, 1).u32(IFLA_NUM_RX_QUEUES, 1);
        if (spec.mtu() > 0) {
            writer.u32(IFLA_MTU, spec.mtu());
        }
    }

    /** The kernel heeds alias and port options only for links that exist. */
    private static MessageWriter equip(MessageWriter writer, VethSpec spec) {
        if (spec.alias().isEmpty() && spec.port().isDefault()) {
            return writer;
        }
        writer.begin(Rtnetlink.RTM_NEWLINK, ACKED);
        LinkCodec.header(writer, 0, 0, 0).text(IFLA_IFNAME, spec.hostName());
        spec.alias().ifPresent(alias -> writer.text(IFLA_IFALIAS, alias));
        return spec.port().isDefault() ? writer : port(writer, spec.port());
    }

    static MessageWriter port(MessageWriter writer, PortFlags flags) {
        writer.nest(IFLA_LINKINFO).text(IFLA_INFO_SLAVE_KIND, "bridge").nest(IFLA_INFO_SLAVE_DATA);
        if (flags.hairpin()) {
            writer.u8(IFLA_BRPORT_MODE, 1);
        }
        if (flags.isolated()) {
            writer.u8(IFLA_BRPORT_ISOLATED, 1);
        }
        return writer.unnest().unnest();
    }

    static MessageWriter hairpin(MessageWriter writer, boolean on) {
        return port(writer, IFLA_BRPORT_MODE, on);
    }

    static MessageWriter isolation(MessageWriter writer, boolean on) {
        return port(writer, IFLA_BRPORT_ISOLATED, on);
    }

    private static MessageWriter port(MessageWriter writer, int flag, boolean on) {
        writer.nest(IFLA_LINKINFO).text(IFLA_INFO_SLAVE_KIND, "bridge").nest(IFLA_INFO_SLAVE_DATA);
        return writer.u8(flag, on ? 1 : 0).unnest().unnest();
    }
}
