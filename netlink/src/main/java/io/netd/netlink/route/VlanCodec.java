package io.netd.netlink.route;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** VLANs of bridge ports, {@code struct bridge_vlan_info}, to bytes and back. Pure. */
final class VlanCodec {
    private static final int ACKED = Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK;

    /** Bytes of {@code struct bridge_vlan_info}: flags and id. */
    private static final int VLAN_INFO = 4;

    /** The VLANs of one port. */
    record Port(int index, List<PortVlan> vlans) {}

    private VlanCodec() {}

    static MessageWriter add(MessageWriter writer, int index, List<PortVlan> vlans) {
        return write(writer.begin(Rtnetlink.RTM_SETLINK, ACKED), index, vlans);
    }

    static MessageWriter remove(MessageWriter writer, int index, List<PortVlan> vlans) {
        return write(writer.begin(Rtnetlink.RTM_DELLINK, ACKED), index, vlans);
    }

    /** Asks for all ports of all bridges. */
    static MessageWriter ports(MessageWriter writer) {
        return header(writer.begin(Rtnetlink.RTM_GETLINK, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP), 0);
    }

    /** Whether the message is of a port of that bridge. */
    static boolean isPortOf(int bridge, Message message) {
        return message.type() == Rtnetlink.RTM_NEWLINK
                && message.payload().get(0) == Rtnetlink.AF_BRIDGE
                && message.attributes(IfLink.IFINFOMSG).u32(IfLink.IFLA_MASTER).orElse(0) == bridge;
    }

    /** Asks for the VLANs of all ports: the kernel does not list one alone. */
    static MessageWriter list(MessageWriter writer) {
        writer.begin(Rtnetlink.RTM_GETLINK, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP);
        return header(writer, 0).u32(IfLink.IFLA_EXT_MASK, IfLink.RTEXT_FILTER_BRVLAN_COMPRESSED);
    }

    /** The port of a bridge's RTM_NEWLINK message; empty for other messages. */
    static Optional<Port> decode(Message message) {
        if (message.type() != Rtnetlink.RTM_NEWLINK || message.payload().get(0) != Rtnetlink.AF_BRIDGE) {
            return Optional.empty();
        }
        List<PortVlan> vlans = new ArrayList<>();
        int first = 0;
        for (Attribute info : message.attributes(IfLink.IFINFOMSG).nested(IfLink.IFLA_AF_SPEC)) {
            if (info.type() != IfLink.IFLA_BRIDGE_VLAN_INFO) {
                continue;
            }
            int flags = info.value().getShort(0);
            int id = info.value().getShort(2);
            if ((flags & IfLink.BRIDGE_VLAN_INFO_RANGE_BEGIN) != 0) {
                first = id;
                continue;
            }
            int start = (flags & IfLink.BRIDGE_VLAN_INFO_RANGE_END) != 0 ? first : id;
            vlans.add(new PortVlan(
                    start,
                    id,
                    (flags & IfLink.BRIDGE_VLAN_INFO_PVID) != 0,
                    (flags & IfLink.BRIDGE_VLAN_INFO_UNTAGGED) != 0));
        }
        return Optional.of(new Port(message.payload().getInt(4), vlans));
    }

    private static MessageWriter header(MessageWriter writer, int index) {
        return writer.u8(Rtnetlink.AF_BRIDGE).u8(0).u16(0).u32(index).u32(0).u32(0);
    }

    private static MessageWriter write(MessageWriter writer, int index, List<PortVlan> vlans) {
        header(writer, index).nest(IfLink.IFLA_AF_SPEC);
        for (PortVlan vlan : vlans) {
            int flags = (vlan.pvid() ? IfLink.BRIDGE_VLAN_INFO_PVID : 0)
                    | (vlan.untagged() ? IfLink.BRIDGE_VLAN_INFO_UNTAGGED : 0);
            if (vlan.first() == vlan.last()) {
                info(writer, flags, vlan.first());
            } else {
                info(writer, flags | IfLink.BRIDGE_VLAN_INFO_RANGE_BEGIN, vlan.first());
                info(writer, flags | IfLink.BRIDGE_VLAN_INFO_RANGE_END, vlan.last());
            }
        }
        return writer.unnest();
    }

    private static void info(MessageWriter writer, int flags, int id) {
        ByteBuffer info = ByteBuffer.allocate(VLAN_INFO).order(ByteOrder.nativeOrder());
        info.putShort((short) flags).putShort((short) id);
        writer.bytes(IfLink.IFLA_BRIDGE_VLAN_INFO, info.array());
    }
}
