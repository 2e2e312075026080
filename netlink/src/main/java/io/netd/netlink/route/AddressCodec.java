package io.netd.netlink.route;

import static io.netd.netlink.route.Rtnetlink.IFADDRMSG;
import static io.netd.netlink.route.Rtnetlink.IFA_ADDRESS;
import static io.netd.netlink.route.Rtnetlink.IFA_BROADCAST;
import static io.netd.netlink.route.Rtnetlink.IFA_FLAGS;
import static io.netd.netlink.route.Rtnetlink.IFA_LOCAL;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.Optional;

/** Address messages to bytes and back. Pure. */
final class AddressCodec {
    private static final int ACKED = Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK;
    private static final int POINT_TO_POINT = 31;

    private AddressCodec() {}

    static int family(IpFamily family) {
        return family == IpFamily.IPV4 ? Rtnetlink.AF_INET : Rtnetlink.AF_INET6;
    }

    /** Adds an address; an IPv4 one gets the last address of its network as broadcast address, as Docker's have it. */
    static MessageWriter add(MessageWriter writer, int index, IpPrefix prefix, int flags) {
        writer.begin(Rtnetlink.RTM_NEWADDR, ACKED | Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL);
        body(writer, index, prefix);
        if (prefix.family() == IpFamily.IPV4 && prefix.length() < POINT_TO_POINT) {
            writer.ip(IFA_BROADCAST, prefix.broadcast());
        }
        writer.ip(IFA_ADDRESS, prefix.address());
        return flags == 0 ? writer : writer.u32(IFA_FLAGS, flags);
    }

    static MessageWriter remove(MessageWriter writer, int index, IpPrefix prefix) {
        return body(writer.begin(Rtnetlink.RTM_DELADDR, ACKED), index, prefix).ip(IFA_ADDRESS, prefix.address());
    }

    static MessageWriter list(MessageWriter writer, int index) {
        writer.begin(Rtnetlink.RTM_GETADDR, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP);
        return header(writer, Rtnetlink.AF_UNSPEC, 0, 0, index);
    }

    static Optional<InterfaceAddress> decode(Message message) {
        boolean isAddress = message.type() == Rtnetlink.RTM_NEWADDR || message.type() == Rtnetlink.RTM_DELADDR;
        if (!isAddress) {
            return Optional.empty();
        }
        Attributes all = message.attributes(IFADDRMSG);
        // With a point-to-point peer IFA_ADDRESS is the peer's; IPv6 without one has no IFA_LOCAL.
        Optional<IpAddress> address = all.ip(IFA_LOCAL).or(() -> all.ip(IFA_ADDRESS));
        int length = message.payload().get(1) & 0xff;
        int flags = all.u32(IFA_FLAGS).orElse(message.payload().get(2) & 0xff);
        int scope = message.payload().get(3) & 0xff;
        int index = message.payload().getInt(4);
        return address.map(ip -> new InterfaceAddress(index, new IpPrefix(ip, length), scope, flags));
    }

    private static MessageWriter body(MessageWriter writer, int index, IpPrefix prefix) {
        boolean isHostOnly = prefix.address().isLoopback();
        int scope = isHostOnly ? Rtnetlink.RT_SCOPE_HOST : Rtnetlink.RT_SCOPE_UNIVERSE;
        header(writer, family(prefix.family()), prefix.length(), scope, index);
        return writer.ip(IFA_LOCAL, prefix.address());
    }

    private static MessageWriter header(MessageWriter writer, int family, int length, int scope, int index) {
        return writer.u8(family).u8(length).u8(0).u8(scope).u32(index);
    }
}
