package io.netd.netlink.route;

import io.netd.linux.sys.Errno;
import io.netd.netlink.jna.Answer;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.MessageWriter;
import java.util.List;
import java.util.Optional;

/** Ports of one namespace's bridges. Whatever the kernel refuses unexpectedly is a {@code NetlinkException} with the kernel's text. */
public final class BridgePorts {
    private final NetlinkSocket socket;

    BridgePorts(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** How the bridge treats the link of that index; empty when it is gone or no port of a bridge. */
    public Optional<PortFlags> flags(int index) {
        Answer<PortFlags> answer =
                socket.ask("get port " + index, LinkCodec.get(new MessageWriter(), index), LinkCodec::port);
        return answer.failedWith(Errno.ENODEV)
                ? Optional.empty()
                : answer.orThrow().stream().findFirst();
    }

    /** How many ports a bridge has; the kernel tells little of each, so this is the cheapest way. */
    public int count(int bridge) {
        return socket.ask(
                        "list ports of link " + bridge,
                        VlanCodec.ports(new MessageWriter()),
                        message -> VlanCodec.isPortOf(bridge, message) ? Optional.of(bridge) : Optional.empty())
                .orThrow()
                .size();
    }

    /** The VLANs of a port, in the order of their ids; none when it is no port, or where the kernel has no VLAN filtering. */
    public List<PortVlan> vlans(int index) {
        return socket
                .ask("list VLANs of ports", VlanCodec.list(new MessageWriter()), VlanCodec::decode)
                .orThrow()
                .stream()
                .filter(port -> port.index() == index)
                .flatMap(port -> port.vlans().stream())
                .toList();
    }

    /**
     * Makes a port a member of VLANs.
     *
     * @throws io.netd.netlink.NetlinkException EOPNOTSUPP where the kernel has no VLAN filtering, or the link is no port
     */
    public void addVlans(int index, List<PortVlan> vlans) {
        socket.execute("add VLANs to port " + index, VlanCodec.add(new MessageWriter(), index, vlans));
    }

    /** Takes a port out of VLANs; {@code pvid} and {@code untagged} do not count. */
    public void removeVlans(int index, List<PortVlan> vlans) {
        socket.execute("remove VLANs of port " + index, VlanCodec.remove(new MessageWriter(), index, vlans));
    }
}
