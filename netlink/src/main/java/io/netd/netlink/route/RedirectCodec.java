package io.netd.netlink.route;

import static io.netd.netlink.route.TrafficControl.ETH_P_ALL;
import static io.netd.netlink.route.TrafficControl.FIRST_HANDLE;
import static io.netd.netlink.route.TrafficControl.INGRESS_HANDLE;
import static io.netd.netlink.route.TrafficControl.MIRRED_EACTION;
import static io.netd.netlink.route.TrafficControl.MIRRED_IFINDEX;
import static io.netd.netlink.route.TrafficControl.TCA_ACT_KIND;
import static io.netd.netlink.route.TrafficControl.TCA_ACT_OPTIONS;
import static io.netd.netlink.route.TrafficControl.TCA_EGRESS_REDIR;
import static io.netd.netlink.route.TrafficControl.TCA_KIND;
import static io.netd.netlink.route.TrafficControl.TCA_MIRRED_PARMS;
import static io.netd.netlink.route.TrafficControl.TCA_OPTIONS;
import static io.netd.netlink.route.TrafficControl.TCA_U32_ACT;
import static io.netd.netlink.route.TrafficControl.TCA_U32_CLASSID;
import static io.netd.netlink.route.TrafficControl.TCA_U32_SEL;
import static io.netd.netlink.route.TrafficControl.TCMSG;
import static io.netd.netlink.route.TrafficControl.TC_MIRRED;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Messages of filters that redirect all that a link receives, to bytes and back. Pure. */
final class RedirectCodec {
    private static final String MIRRED = "mirred";
    private static final int NEW =
            Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK | Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL;
    private static final int FIRST_PRIORITY = 1 << 16;

    /** One condition, {@code match u32 0 0}, which everything meets; an action needs it. */
    private static final int SELECTOR = 32;

    private RedirectCodec() {}

    /** As {@code tc filter add dev LINK parent ffff: protocol all prio 1 u32 match u32 0 0 flowid 1:1 action mirred ...}. */
    static MessageWriter add(MessageWriter writer, int index, int target, int action) {
        int protocol = Short.toUnsignedInt(networkOrder(ETH_P_ALL));
        writer.begin(TrafficControl.RTM_NEWTFILTER, NEW);
        QdiscCodec.header(writer, index, 0, INGRESS_HANDLE, FIRST_PRIORITY | protocol);
        writer.text(TCA_KIND, "u32").nest(TCA_OPTIONS).u32(TCA_U32_CLASSID, FIRST_HANDLE | 1);
        writer.nest(TCA_U32_ACT).nest(1).text(TCA_ACT_KIND, MIRRED).nest(TCA_ACT_OPTIONS);
        writer.bytes(TCA_MIRRED_PARMS, redirect(target, action))
                .unnest()
                .unnest()
                .unnest();
        byte[] selector = new byte[SELECTOR];
        selector[0] = TrafficControl.TC_U32_TERMINAL;
        selector[2] = 1;
        return writer.bytes(TCA_U32_SEL, selector).unnest();
    }

    private static byte[] redirect(int target, int action) {
        ByteBuffer parameters = ByteBuffer.allocate(TC_MIRRED).order(ByteOrder.nativeOrder());
        return parameters
                .putInt(8, TrafficControl.TC_ACT_STOLEN)
                .putInt(MIRRED_EACTION, action)
                .putInt(MIRRED_IFINDEX, target)
                .array();
    }

    static MessageWriter list(MessageWriter writer, int index) {
        writer.begin(TrafficControl.RTM_GETTFILTER, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP);
        return QdiscCodec.header(writer, index, 0, INGRESS_HANDLE, 0);
    }

    /** The index of the link that a filter's first action redirects to; empty for all else. */
    static Optional<Integer> decode(Message message) {
        if (message.type() != TrafficControl.RTM_NEWTFILTER) {
            return Optional.empty();
        }
        Attributes options = message.attributes(TCMSG).nested(TCA_OPTIONS);
        Attributes action = options.nested(TCA_U32_ACT).nested(1);
        return action.text(TCA_ACT_KIND)
                .filter(MIRRED::equals)
                .flatMap(kind ->
                        action.nested(TCA_ACT_OPTIONS).find(TCA_MIRRED_PARMS).flatMap(RedirectCodec::target));
    }

    private static Optional<Integer> target(Attribute parameters) {
        ByteBuffer value = parameters.value();
        boolean isRedirect = value.limit() >= TC_MIRRED && value.getInt(MIRRED_EACTION) == TCA_EGRESS_REDIR;
        return isRedirect ? Optional.of(value.getInt(MIRRED_IFINDEX)) : Optional.empty();
    }

    private static short networkOrder(int value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? (short) value : Short.reverseBytes((short) value);
    }
}
