package io.netd.netlink.route;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.linux.sys.Errno;
import io.netd.netlink.jna.Answer;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.List;
import java.util.stream.Stream;

/** Routes of one namespace. Unexpected refusals are a {@code NetlinkException} with the kernel's text. */
public final class Routes {
    private final NetlinkSocket socket;

    Routes(NetlinkSocket socket) {
        this.socket = socket;
    }

    /**
     * Adds a route.
     *
     * @return false when one with this destination, metric and table is there already
     */
    public boolean add(Route route) {
        MessageWriter writer = RouteCodec.add(new MessageWriter(), route, Netlink.NLM_F_EXCL);
        return socket.send("add route " + route.text(), writer).unless(Errno.EEXIST);
    }

    /** Adds a route in the place of the one with this destination, metric and table, if there is one. */
    public void replace(Route route) {
        MessageWriter writer = RouteCodec.add(new MessageWriter(), route, Netlink.NLM_F_REPLACE);
        socket.execute("replace route " + route.text(), writer);
    }

    /**
     * Removes a route, whatever its scope and whoever made it.
     *
     * @return false when it, or its device, was gone already
     */
    public boolean remove(Route route) {
        Answer<Message> answer =
                socket.send("remove route " + route.text(), RouteCodec.remove(new MessageWriter(), route));
        return !answer.failedWith(Errno.ENODEV) && answer.unless(Errno.ESRCH);
    }

    /**
     * Asks where a packet of this host's own would go.
     *
     * @throws io.netd.netlink.NetlinkException ENETUNREACH, EHOSTUNREACH or what else speaks against it
     */
    public RouteLookup lookup(IpAddress destination) {
        return first("route to " + destination, RouteLookup.of(new MessageWriter(), destination));
    }

    /**
     * Asks where a packet would go that comes in by a link.
     *
     * @throws io.netd.netlink.NetlinkException EXDEV when its source is not to be expected there (rp_filter), EINVAL for
     *     addresses that no packet on a wire may have, EHOSTUNREACH when nothing is forwarded there
     */
    public RouteLookup lookup(IpAddress destination, IpAddress source, int inIndex) {
        return first(
                "route from " + source + " to " + destination,
                RouteLookup.of(new MessageWriter(), destination, source, inIndex));
    }

    private RouteLookup first(String what, MessageWriter question) {
        return socket.ask(what, question, RouteLookup::decode).orThrow().get(0);
    }

    /** The unicast routes of all tables, IPv4 first. */
    public List<Route> list() {
        return Stream.concat(list(IpFamily.IPV4).stream(), list(IpFamily.IPV6).stream())
                .toList();
    }

    /** The unicast routes of one family in all tables; none when the kernel has no such family. */
    public List<Route> list(IpFamily family) {
        Answer<Route> answer =
                socket.ask("list routes", RouteCodec.list(new MessageWriter(), family), RouteCodec::decode);
        return answer.failedWith(Errno.EOPNOTSUPP) ? List.of() : answer.orThrow();
    }
}
