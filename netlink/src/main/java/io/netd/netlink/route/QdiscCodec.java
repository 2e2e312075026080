package io.netd.netlink.route;

import static io.netd.netlink.route.TrafficControl.TBF_BUFFER;
import static io.netd.netlink.route.TrafficControl.TBF_LIMIT;
import static io.netd.netlink.route.TrafficControl.TBF_RATE;
import static io.netd.netlink.route.TrafficControl.TCA_KIND;
import static io.netd.netlink.route.TrafficControl.TCA_OPTIONS;
import static io.netd.netlink.route.TrafficControl.TCA_TBF_BURST;
import static io.netd.netlink.route.TrafficControl.TCA_TBF_PARMS;
import static io.netd.netlink.route.TrafficControl.TCA_TBF_RATE64;
import static io.netd.netlink.route.TrafficControl.TCMSG;
import static io.netd.netlink.route.TrafficControl.TC_LINKLAYER_ETHERNET;
import static io.netd.netlink.route.TrafficControl.TC_TBF_QOPT;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MalformedMessageException;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Messages of queueing disciplines to bytes and back. Pure. */
final class QdiscCodec {
    static final String TBF = "tbf";
    private static final int ACKED = Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK;
    private static final int NEW = ACKED | Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL;

    private QdiscCodec() {}

    /** {@code struct tcmsg}. */
    static MessageWriter header(MessageWriter writer, int index, int handle, int parent, int info) {
        writer.u8(Rtnetlink.AF_UNSPEC).u8(0).u16(0).u32(index);
        return writer.u32(handle).u32(parent).u32(info);
    }

    static MessageWriter addTokenBucket(MessageWriter writer, int index, TokenBucket bucket) {
        writer.begin(TrafficControl.RTM_NEWQDISC, NEW);
        header(writer, index, TrafficControl.FIRST_HANDLE, TrafficControl.TC_H_ROOT, 0);
        writer.text(TCA_KIND, TBF).nest(TCA_OPTIONS).bytes(TCA_TBF_PARMS, parameters(bucket));
        if (bucket.rate() > TokenBucket.MAX_U32) {
            writer.u64(TCA_TBF_RATE64, bucket.rate());
        }
        if (bucket.buffer() > TokenBucket.MAX_U32) {
            writer.u32(TCA_TBF_BURST, (int) bucket.burst());
        }
        return writer.unnest();
    }

    /** Without a table of transmission times, which the kernel needs for other link layers only. */
    private static byte[] parameters(TokenBucket bucket) {
        ByteBuffer parameters = ByteBuffer.allocate(TC_TBF_QOPT).order(ByteOrder.nativeOrder());
        return parameters
                .put(1, (byte) TC_LINKLAYER_ETHERNET)
                .putInt(TBF_RATE, (int) Math.min(bucket.rate(), TokenBucket.MAX_U32))
                .putInt(TBF_LIMIT, (int) bucket.limit())
                .putInt(TBF_BUFFER, (int) Math.min(bucket.buffer(), TokenBucket.MAX_U32))
                .array();
    }

    static MessageWriter addIngress(MessageWriter writer, int index) {
        writer.begin(TrafficControl.RTM_NEWQDISC, NEW);
        header(writer, index, TrafficControl.INGRESS_HANDLE, TrafficControl.TC_H_INGRESS, 0);
        return writer.text(TCA_KIND, "ingress");
    }

    static MessageWriter remove(MessageWriter writer, int index, int handle, int parent) {
        return header(writer.begin(TrafficControl.RTM_DELQDISC, ACKED), index, handle, parent, 0);
    }

    static MessageWriter list(MessageWriter writer) {
        writer.begin(TrafficControl.RTM_GETQDISC, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP);
        return header(writer, 0, 0, 0, 0);
    }

    /** Empty for other messages. */
    static Optional<Qdisc> decode(Message message) {
        if (message.type() != TrafficControl.RTM_NEWQDISC) {
            return Optional.empty();
        }
        Attributes all = message.attributes(TCMSG);
        ByteBuffer header = message.payload();
        String kind = all.text(TCA_KIND).orElse("");
        return Optional.of(new Qdisc(
                header.getInt(4),
                kind,
                header.getInt(8),
                header.getInt(12),
                kind.equals(TBF) ? bucket(all.nested(TCA_OPTIONS)) : Optional.empty()));
    }

    private static Optional<TokenBucket> bucket(Attributes options) {
        return options.find(TCA_TBF_PARMS).flatMap(parameters -> {
            long rate =
                    options.find(TCA_TBF_RATE64).map(Attribute::u64).orElseGet(() -> unsigned(parameters, TBF_RATE));
            long buffer = unsigned(parameters, TBF_BUFFER);
            long limit = unsigned(parameters, TBF_LIMIT);
            // Of a buffer beyond 32 bits the kernel may show nothing at all.
            return rate < 1 || limit < 1
                    ? Optional.empty()
                    : Optional.of(new TokenBucket(rate, Math.max(1, buffer), limit));
        });
    }

    private static long unsigned(Attribute parameters, int at) {
        if (parameters.value().limit() < TC_TBF_QOPT) {
            throw new MalformedMessageException(
                    "tbf parameters of " + parameters.value().limit() + " bytes");
        }
        return parameters.value().getInt(at) & TokenBucket.MAX_U32;
    }
}
