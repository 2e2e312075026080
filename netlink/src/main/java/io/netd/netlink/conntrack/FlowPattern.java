package io.netd.netlink.conntrack;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.List;
import java.util.Set;

/**
 * Which tracked flows are meant. The kernel can look for them itself by {@code CTA_FILTER} (Linux 6.11), passing over empty
 * buckets of its table, where a dump takes the lock of each.
 */
public sealed interface FlowPattern {
    /** Flows that this address began. */
    record From(IpAddress address) implements FlowPattern {
        @Override
        public boolean matches(Flow flow) {
            return flow.original().source().equals(address);
        }

        @Override
        public boolean isForKernel() {
            return address.family() == IpFamily.IPV4;
        }

        @Override
        public void writeDelete(MessageWriter writer) {
            writeSource(writer, address, Ctnetlink.CTA_TUPLE_ORIG, Ctnetlink.CTA_FILTER_ORIG_FLAGS);
        }
    }

    /** Flows that this address answers, wherever they were sent to. */
    record AnsweredBy(IpAddress address) implements FlowPattern {
        @Override
        public boolean matches(Flow flow) {
            return flow.reply().source().equals(address);
        }

        @Override
        public boolean isForKernel() {
            return address.family() == IpFamily.IPV4;
        }

        @Override
        public void writeDelete(MessageWriter writer) {
            writeSource(writer, address, Ctnetlink.CTA_TUPLE_REPLY, Ctnetlink.CTA_FILTER_REPLY_FLAGS);
        }
    }

    /** Flows that were sent to this port of one of these addresses. */
    record To(Protocol protocol, Set<IpAddress> addresses, int port) implements FlowPattern {
        /** Keeps a copy. */
        public To {
            addresses = Set.copyOf(addresses);
        }

        @Override
        public boolean matches(Flow flow) {
            return flow.original().protocol() == protocol.number()
                    && flow.original().destinationPort() == port
                    && addresses.contains(flow.original().destination());
        }

        @Override
        public boolean isForKernel() {
            return addresses.stream().allMatch(address -> address.family() == IpFamily.IPV4);
        }

        @Override
        public int walks() {
            return addresses.size();
        }

        @Override
        public void writeDelete(MessageWriter writer) {
            for (IpAddress address : addresses) {
                begin(writer, Ctnetlink.AF_INET).nest(Ctnetlink.CTA_TUPLE_ORIG);
                writer.nest(Ctnetlink.CTA_TUPLE_IP)
                        .ip(Ctnetlink.CTA_IP_V4_DST, address)
                        .unnest();
                writePort(writer, protocol, Ctnetlink.CTA_PROTO_DST_PORT, port);
                writer.unnest();
                writeFlags(
                        writer,
                        Ctnetlink.CTA_FILTER_ORIG_FLAGS,
                        Ctnetlink.CTA_FILTER_F_CTA_IP_DST
                                | Ctnetlink.CTA_FILTER_F_CTA_PROTO_NUM
                                | Ctnetlink.CTA_FILTER_F_CTA_PROTO_DST_PORT);
            }
        }
    }

    /** Flows that were begun from this port of any address. */
    record FromPort(Protocol protocol, int port) implements FlowPattern {
        /** The kernel's filter is for one family at a time. */
        private static final List<Integer> FAMILIES = List.of(Ctnetlink.AF_INET, Ctnetlink.AF_INET6);

        @Override
        public boolean matches(Flow flow) {
            return flow.original().protocol() == protocol.number()
                    && flow.original().sourcePort() == port;
        }

        @Override
        public int walks() {
            return FAMILIES.size();
        }

        @Override
        public void writeDelete(MessageWriter writer) {
            for (int family : FAMILIES) {
                begin(writer, family).nest(Ctnetlink.CTA_TUPLE_ORIG);
                writePort(writer, protocol, Ctnetlink.CTA_PROTO_SRC_PORT, port);
                writer.unnest();
                writeFlags(
                        writer,
                        Ctnetlink.CTA_FILTER_ORIG_FLAGS,
                        Ctnetlink.CTA_FILTER_F_CTA_PROTO_NUM | Ctnetlink.CTA_FILTER_F_CTA_PROTO_SRC_PORT);
            }
        }
    }

    /** Whether a flow is meant. */
    boolean matches(Flow flow);

    /**
     * Whether the kernel's filter can be trusted with it: that of Linux 6.18 compares IPv6 addresses the wrong way round
     * ({@code ctnetlink_filter_match_tuple}) and would delete all flows but these.
     */
    default boolean isForKernel() {
        return true;
    }

    /** How often the kernel goes through its whole table for it. */
    default int walks() {
        return 1;
    }

    /** A message for each walk. An older kernel finds the tuple incomplete and refuses it with EINVAL. */
    void writeDelete(MessageWriter writer);

    private static void writeSource(MessageWriter writer, IpAddress address, int tuple, int flags) {
        begin(writer, Ctnetlink.AF_INET)
                .nest(tuple)
                .nest(Ctnetlink.CTA_TUPLE_IP)
                .ip(Ctnetlink.CTA_IP_V4_SRC, address)
                .unnest()
                .unnest();
        writeFlags(writer, flags, Ctnetlink.CTA_FILTER_F_CTA_IP_SRC);
    }

    private static void writePort(MessageWriter writer, Protocol protocol, int attribute, int port) {
        writer.nest(Ctnetlink.CTA_TUPLE_PROTO)
                .u8(Ctnetlink.CTA_PROTO_NUM, protocol.number())
                .be16(attribute, port)
                .unnest();
    }

    private static MessageWriter begin(MessageWriter writer, int family) {
        return writer.begin(Ctnetlink.IPCTNL_MSG_CT_DELETE, Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK)
                .u8(family)
                .u8(0)
                .u16(0);
    }

    private static void writeFlags(MessageWriter writer, int attribute, int flags) {
        writer.nest(Ctnetlink.CTA_FILTER).u32(attribute, flags).unnest();
    }
}
