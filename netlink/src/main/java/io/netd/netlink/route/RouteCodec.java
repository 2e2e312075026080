package io.netd.netlink.route;

import static io.netd.netlink.route.Rtnetlink.RTAX_ADVMSS;
import static io.netd.netlink.route.Rtnetlink.RTAX_MTU;
import static io.netd.netlink.route.Rtnetlink.RTA_DST;
import static io.netd.netlink.route.Rtnetlink.RTA_GATEWAY;
import static io.netd.netlink.route.Rtnetlink.RTA_METRICS;
import static io.netd.netlink.route.Rtnetlink.RTA_MULTIPATH;
import static io.netd.netlink.route.Rtnetlink.RTA_OIF;
import static io.netd.netlink.route.Rtnetlink.RTA_PREFSRC;
import static io.netd.netlink.route.Rtnetlink.RTA_PRIORITY;
import static io.netd.netlink.route.Rtnetlink.RTA_TABLE;
import static io.netd.netlink.route.Rtnetlink.RTMSG;
import static io.netd.netlink.route.Rtnetlink.RTM_F_CLONED;
import static io.netd.netlink.route.Rtnetlink.RTNEXTHOP;
import static io.netd.netlink.route.Rtnetlink.RTNH_F_ONLINK;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Route messages to bytes and back. Pure. */
final class RouteCodec {
    private static final int ACKED = Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK;
    private static final int SMALL_TABLES = 256;

    private RouteCodec() {}

    static MessageWriter add(MessageWriter writer, Route route, int flags) {
        writer.begin(Rtnetlink.RTM_NEWROUTE, ACKED | Netlink.NLM_F_CREATE | flags);
        return body(writer, route, route.scope(), route.protocol());
    }

    /** Asks for removal whatever the scope and whoever made it. */
    static MessageWriter remove(MessageWriter writer, Route route) {
        return body(writer.begin(Rtnetlink.RTM_DELROUTE, ACKED), route, Rtnetlink.RT_SCOPE_NOWHERE, 0);
    }

    static MessageWriter list(MessageWriter writer, IpFamily family) {
        writer.begin(Rtnetlink.RTM_GETROUTE, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP);
        return writer.u8(AddressCodec.family(family)).bytes(new byte[RTMSG - 1]);
    }

    /** A unicast route; empty for other messages, other kinds of routes and cache entries. */
    static Optional<Route> decode(Message message) {
        ByteBuffer header = message.payload();
        boolean isRoute = message.type() == Rtnetlink.RTM_NEWROUTE
                && header.get(7) == Rtnetlink.RTN_UNICAST
                && (header.getInt(8) & RTM_F_CLONED) == 0;
        return isRoute ? Optional.of(route(header, message.attributes(RTMSG))) : Optional.empty();
    }

    private static Route route(ByteBuffer header, Attributes all) {
        int size = header.get(0) == Rtnetlink.AF_INET ? 4 : 16;
        IpAddress destination = all.ip(RTA_DST).orElseGet(() -> IpAddress.of(new byte[size]));
        Attributes metrics = all.nested(RTA_METRICS);
        Optional<Attribute> hops = all.find(RTA_MULTIPATH);
        Optional<IpAddress> hop = hops.flatMap(found -> firstHop(found).ip(RTA_GATEWAY));
        int hopIndex = hops.map(found -> found.value().getInt(4)).orElse(0);
        return new Route(
                new IpPrefix(destination, header.get(1) & 0xff),
                all.ip(RTA_GATEWAY).or(() -> hop),
                all.u32(RTA_OIF).orElse(hopIndex),
                header.get(6) & 0xff,
                all.u32(RTA_TABLE).orElse(header.get(4) & 0xff),
                all.u32(RTA_PRIORITY).orElse(0),
                header.get(5) & 0xff,
                all.ip(RTA_PREFSRC),
                metrics.u32(RTAX_MTU).orElse(0),
                metrics.u32(RTAX_ADVMSS).orElse(0),
                (header.getInt(8) & RTNH_F_ONLINK) != 0);
    }

    /** Of several equal next hops the first stands for all. */
    private static Attributes firstHop(Attribute hops) {
        ByteBuffer view = hops.value().duplicate().order(ByteOrder.nativeOrder());
        int length = Math.min(view.getShort(0) & 0xffff, view.limit());
        return Attributes.parse(view.limit(Math.max(length, RTNEXTHOP)).position(RTNEXTHOP));
    }

    private static MessageWriter body(MessageWriter writer, Route route, int scope, int protocol) {
        boolean isLarge = route.table() >= SMALL_TABLES;
        writer.u8(AddressCodec.family(route.destination().family()))
                .u8(route.destination().length())
                .u16(0);
        writer.u8(isLarge ? Rtnetlink.RT_TABLE_UNSPEC : route.table()).u8(protocol);
        writer.u8(scope).u8(Rtnetlink.RTN_UNICAST).u32(route.isOnLink() ? RTNH_F_ONLINK : 0);
        if (!route.isDefault()) {
            writer.ip(RTA_DST, route.destination().address());
        }
        number(writer, RTA_TABLE, isLarge ? route.table() : 0);
        number(writer, RTA_OIF, route.outIndex());
        number(writer, RTA_PRIORITY, route.metric());
        route.gateway().ifPresent(address -> writer.ip(RTA_GATEWAY, address));
        route.preferredSource().ifPresent(address -> writer.ip(RTA_PREFSRC, address));
        return sizes(writer, route);
    }

    private static MessageWriter sizes(MessageWriter writer, Route route) {
        if (route.mtu() == 0 && route.advmss() == 0) {
            return writer;
        }
        number(writer.nest(RTA_METRICS), RTAX_MTU, route.mtu());
        return number(writer, RTAX_ADVMSS, route.advmss()).unnest();
    }

    private static MessageWriter number(MessageWriter writer, int attribute, int value) {
        return value == 0 ? writer : writer.u32(attribute, value);
    }
}
