package io.netd.netlink.conntrack;

import static io.netd.netlink.conntrack.Ctnetlink.CTA_ID;
import static io.netd.netlink.conntrack.Ctnetlink.CTA_TUPLE_ORIG;
import static io.netd.netlink.conntrack.Ctnetlink.CTA_TUPLE_REPLY;
import static io.netd.netlink.conntrack.Ctnetlink.CTA_ZONE;
import static io.netd.netlink.conntrack.Ctnetlink.NFGENMSG;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.Optional;

/**
 * A tracked flow.
 *
 * @param original as its first packet went
 * @param reply as answers come: where they differ, addresses were translated
 */
public record Flow(Tuple original, Tuple reply, Key key) {
    /** What names the entry to the kernel; the id keeps a later flow of equal tuples apart. */
    record Key(int family, byte[] original, Optional<byte[]> id, Optional<byte[]> zone) {}

    static Optional<Flow> decode(Message message) {
        if (message.type() != Ctnetlink.IPCTNL_MSG_CT_NEW) {
            return Optional.empty();
        }
        Attributes all = message.attributes(NFGENMSG);
        Optional<Tuple> original = Tuple.decode(all.nested(CTA_TUPLE_ORIG));
        Optional<Tuple> reply = Tuple.decode(all.nested(CTA_TUPLE_REPLY));
        if (original.isEmpty() || reply.isEmpty()) {
            return Optional.empty();
        }
        Key key = new Key(
                message.payload().get(0),
                all.find(CTA_TUPLE_ORIG).map(Attribute::bytes).orElseGet(() -> new byte[0]),
                all.find(CTA_ID).map(Attribute::bytes),
                all.find(CTA_ZONE).map(Attribute::bytes));
        return Optional.of(new Flow(original.get(), reply.get(), key));
    }

    void writeDelete(MessageWriter writer) {
        writer.begin(Ctnetlink.IPCTNL_MSG_CT_DELETE, Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK);
        writer.u8(key.family()).u8(0).u16(0);
        writer.bytes(CTA_TUPLE_ORIG | Netlink.NLA_F_NESTED, key.original());
        key.id().ifPresent(id -> writer.bytes(CTA_ID, id));
        key.zone().ifPresent(zone -> writer.bytes(CTA_ZONE, zone));
    }
}
