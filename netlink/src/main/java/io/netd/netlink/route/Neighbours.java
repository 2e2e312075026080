package io.netd.netlink.route;

import static io.netd.netlink.route.Rtnetlink.NDA_DST;
import static io.netd.netlink.route.Rtnetlink.NDA_LLADDR;
import static io.netd.netlink.route.Rtnetlink.NDMSG;
import static io.netd.netlink.route.Rtnetlink.NUD_NOARP;
import static io.netd.netlink.route.Rtnetlink.NUD_PERMANENT;

import io.netd.address.IpAddress;
import io.netd.address.MacAddress;
import io.netd.linux.sys.Errno;
import io.netd.netlink.jna.Answer;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.List;
import java.util.Optional;

/** ARP and neighbour discovery entries of one namespace. */
public final class Neighbours {
    private static final int ACKED = Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK;
    private static final int ETHERNET = 6;

    private final NetlinkSocket socket;

    Neighbours(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** The entries of one device, those that need no resolution (multicast, loopback) left out. */
    public List<Neighbour> list(int index) {
        MessageWriter writer = new MessageWriter()
                .begin(Rtnetlink.RTM_GETNEIGH, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP)
                .bytes(new byte[NDMSG]);
        return socket.ask("list neighbours", writer, Neighbours::decode).orThrow().stream()
                .filter(entry -> entry.index() == index && (entry.state() & NUD_NOARP) == 0)
                .toList();
    }

    /** Adds or replaces a permanent entry. */
    public void put(int index, IpAddress address, MacAddress mac) {
        int flags = ACKED | Netlink.NLM_F_CREATE | Netlink.NLM_F_REPLACE;
        MessageWriter writer = new MessageWriter().begin(Rtnetlink.RTM_NEWNEIGH, flags);
        header(writer, index, address, NUD_PERMANENT).mac(NDA_LLADDR, mac);
        socket.execute("add neighbour " + address + " of link " + index, writer);
    }

    /**
     * Deletes an entry.
     *
     * @return false when it was gone already
     */
    public boolean delete(int index, IpAddress address) {
        MessageWriter writer = new MessageWriter().begin(Rtnetlink.RTM_DELNEIGH, ACKED);
        header(writer, index, address, 0);
        Answer<Message> answer = socket.send("delete neighbour " + address + " of link " + index, writer);
        return !answer.failedWith(Errno.ENODEV) && answer.unless(Errno.ENOENT);
    }

    /** Deletes every entry of a device that {@link #list} shows. */
    public void flush(int index) {
        list(index).forEach(entry -> delete(index, entry.address()));
    }

    private static MessageWriter header(MessageWriter writer, int index, IpAddress address, int state) {
        writer.u8(AddressCodec.family(address.family())).u8(0).u16(0).u32(index);
        return writer.u16(state).u8(0).u8(0).ip(NDA_DST, address);
    }

    private static Optional<Neighbour> decode(Message message) {
        int family = message.payload().get(0);
        boolean isIp = family == Rtnetlink.AF_INET || family == Rtnetlink.AF_INET6;
        if (message.type() != Rtnetlink.RTM_NEWNEIGH || !isIp) {
            return Optional.empty();
        }
        Attributes all = message.attributes(NDMSG);
        Optional<MacAddress> mac = all.find(NDA_LLADDR)
                .filter(found -> found.value().limit() == ETHERNET)
                .map(Attribute::mac);
        int index = message.payload().getInt(4);
        int state = message.payload().getShort(8) & 0xffff;
        return all.ip(NDA_DST).map(address -> new Neighbour(index, address, mac, state));
    }
}
