package io.netd.netlink.route;

import static io.netd.netlink.route.IfLink.IFF_ALLMULTI;
import static io.netd.netlink.route.IfLink.IFF_PROMISC;
import static io.netd.netlink.route.IfLink.IFF_UP;
import static io.netd.netlink.route.IfLink.IFLA_ADDRESS;
import static io.netd.netlink.route.IfLink.IFLA_IFALIAS;
import static io.netd.netlink.route.IfLink.IFLA_IFNAME;
import static io.netd.netlink.route.IfLink.IFLA_MASTER;
import static io.netd.netlink.route.IfLink.IFLA_MTU;
import static io.netd.netlink.route.IfLink.IFLA_TXQLEN;

import io.netd.address.MacAddress;
import io.netd.linux.sys.Errno;
import io.netd.netlink.jna.Answer;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Devices of one namespace. Whatever the kernel refuses unexpectedly is a {@code NetlinkException} with the kernel's text. */
public final class Links {
    private final NetlinkSocket socket;

    Links(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** The link of that name; empty when there is none. */
    public Optional<Link> byName(String name) {
        return isName(name) ? one("get link " + name, LinkCodec.get(new MessageWriter(), name)) : Optional.empty();
    }

    /** The link of that index; empty when there is none. */
    public Optional<Link> byIndex(int index) {
        return one("get link " + index, LinkCodec.get(new MessageWriter(), index));
    }

    /** Every link, as the kernel orders them. */
    public List<Link> list() {
        return socket.ask("list links", LinkCodec.list(new MessageWriter()), LinkCodec::decode)
                .orThrow();
    }

    /**
     * Makes a bridge, which is down until {@link #setUp}.
     *
     * @param mac its address for good; empty lets it follow its ports
     * @param mtu 0 for the kernel's choice
     * @throws io.netd.netlink.NetlinkException EEXIST when the name is taken
     */
    public Link addBridge(String name, Optional<MacAddress> mac, int mtu) {
        return make("add bridge " + name, LinkCreation.bridge(name, mac, mtu, false));
    }

    /**
     * Makes a bridge that keeps VLANs apart; otherwise as {@link #addBridge}.
     *
     * @throws io.netd.netlink.NetlinkException EOPNOTSUPP where the kernel has no VLAN filtering
     */
    public Link addVlanBridge(String name, Optional<MacAddress> mac, int mtu) {
        return make("add bridge " + name, LinkCreation.bridge(name, mac, mtu, true));
    }

    /**
     * Makes an intermediate functional block, up at once: what filters redirect to it passes through its qdisc and goes
     * on as if it had just been received. It queues nothing of its own.
     *
     * @param mac its address
     * @param alias free text shown by {@code ip link}
     * @throws io.netd.netlink.NetlinkException EEXIST when the name is taken, EOPNOTSUPP when the kernel has none
     */
    public Link addIfb(String name, MacAddress mac, int mtu, String alias) {
        return make("add ifb " + name, LinkCreation.ifb(name, mac, mtu, alias));
    }

    /**
     * Makes a veth pair. When a later step than the pair itself is refused, the pair is taken back. What was made is not
     * asked for: the kernel would first wait for a tenth of a millisecond until a host's end without a carrier is idle.
     *
     * @throws io.netd.netlink.NetlinkException EEXIST when a name is taken, EXFULL when the bridge has no port left
     */
    public void addVeth(VethSpec spec) {
        Answer<Message> answer = socket.send("add veth " + spec.hostName(), LinkCreation.veth(spec));
        if (answer.failure().filter(failure -> failure.index() > 0).isPresent()) {
            indexOf(spec.hostName()).ifPresent(this::delete);
        }
        answer.orThrow();
    }

    /** The index of the link of that name; without waiting for whoever changes links. */
    public OptionalInt indexOf(String name) {
        return isName(name) ? socket.indexOfLink(name) : OptionalInt.empty();
    }

    /** Sets a link up. */
    public void setUp(int index) {
        change("set link " + index + " up", LinkCodec.change(new MessageWriter(), index, IFF_UP, IFF_UP));
    }

    /** Sets a link down. */
    public void setDown(int index) {
        change("set link " + index + " down", LinkCodec.change(new MessageWriter(), index, 0, IFF_UP));
    }

    /** Sets the MTU in bytes. */
    public void setMtu(int index, int mtu) {
        change("set mtu " + mtu + " of link " + index, on(index).u32(IFLA_MTU, mtu));
    }

    /** Sets the hardware address. */
    public void setMac(int index, MacAddress mac) {
        change("set address " + mac + " of link " + index, on(index).mac(IFLA_ADDRESS, mac));
    }

    /** Makes a link a port of a bridge; of none with 0. */
    public void setMaster(int index, int master) {
        change("set master " + master + " of link " + index, on(index).u32(IFLA_MASTER, master));
    }

    /** Switches whether a bridge sends frames back through the port they came in by. */
    public void setHairpin(int index, boolean on) {
        MessageWriter writer =
                LinkCodec.header(new MessageWriter().begin(Rtnetlink.RTM_NEWLINK, LinkCreation.ACKED), index, 0, 0);
        change("set hairpin of link " + index, LinkCreation.hairpin(writer, on));
    }

    /** Switches whether a bridge hands nothing on between this port and others that are switched so. */
    public void setIsolated(int index, boolean on) {
        MessageWriter writer =
                LinkCodec.header(new MessageWriter().begin(Rtnetlink.RTM_NEWLINK, LinkCreation.ACKED), index, 0, 0);
        change("set isolation of link " + index, LinkCreation.isolation(writer, on));
    }

    /** Sets the free text that {@code ip link} shows; an empty one removes it. */
    public void setAlias(int index, String alias) {
        change("set alias of link " + index, on(index).text(IFLA_IFALIAS, alias));
    }

    /** Renames a link. */
    public void rename(int index, String name) {
        change("rename link " + index + " to " + name, on(index).text(IFLA_IFNAME, name));
    }

    /** Switches promiscuous mode. */
    public void setPromiscuous(int index, boolean on) {
        int flag = on ? IFF_PROMISC : 0;
        change(
                "set promiscuous mode of link " + index,
                LinkCodec.change(new MessageWriter(), index, flag, IFF_PROMISC));
    }

    /** Switches all-multicast mode. */
    public void setAllMulticast(int index, boolean on) {
        int flag = on ? IFF_ALLMULTI : 0;
        change(
                "set all-multicast mode of link " + index,
                LinkCodec.change(new MessageWriter(), index, flag, IFF_ALLMULTI));
    }

    /** Sets how many packets may wait to be sent. */
    public void setTxQueueLength(int index, int packets) {
        change(
                "set transmit queue length " + packets + " of link " + index,
                on(index).u32(IFLA_TXQLEN, packets));
    }

    /**
     * Deletes a link and its peer; waits about 20 ms in the kernel.
     *
     * @return false when it was gone already
     */
    public boolean delete(int index) {
        return LinkDeletion.one(socket, index);
    }

    /** Deletes links together, so that they share the kernel's wait. Links that are gone already are no error. */
    public void deleteGroup(Collection<Integer> indexes) {
        LinkDeletion.together(socket, indexes);
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.getBytes(StandardCharsets.UTF_8).length <= IfLink.IFNAME_MAX;
    }

    private static MessageWriter on(int index) {
        return LinkCodec.change(new MessageWriter(), index, 0, 0);
    }

    private void change(String request, MessageWriter writer) {
        socket.execute(request, writer);
    }

    private Link make(String request, MessageWriter writer) {
        Answer<Link> answer = socket.ask(request, writer, LinkCodec::decode);
        boolean made = answer.failure().filter(failure -> failure.index() == 0).isEmpty();
        if (made && answer.failure().isPresent()) {
            answer.items().forEach(link -> delete(link.index()));
        }
        return answer.orThrow().get(0);
    }

    private Optional<Link> one(String request, MessageWriter writer) {
        Answer<Link> answer = socket.ask(request, writer, LinkCodec::decode);
        if (answer.failedWith(Errno.ENODEV)) {
            return Optional.empty();
        }
        return answer.orThrow().stream().findFirst();
    }
}
