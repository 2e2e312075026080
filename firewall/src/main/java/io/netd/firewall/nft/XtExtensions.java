package io.netd.firewall.nft;

import io.netd.address.PortRange;
import io.netd.firewall.CtState;
import io.netd.firewall.Match;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.XtMatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The structures of the xtables matches that iptables-nft still uses. */
final class XtExtensions {
    private static final int XT_MAX_COMMENT_LEN = 256;

    private static final int ADDRTYPE_INVERT_SOURCE = 1;
    private static final int ADDRTYPE_INVERT_DEST = 2;

    /** Where match_flags stands in struct xt_conntrack_mtinfo3, after addresses, expiry, protocol and ports. */
    private static final int CONNTRACK_MATCH_FLAGS = 146;

    private static final int CONNTRACK_STATE_MASK = 150;
    private static final int CONNTRACK_SIZE = 164;
    private static final int XT_CONNTRACK_STATE = 1;

    private static final int SCTP_SIZE = 292;
    private static final int SCTP_FLAG_INFO = 268;
    private static final int SCTP_FLAG_INFOS = 4;
    private static final int SCTP_FLAGS = 284;
    private static final int XT_SCTP_SRC_PORTS = 1;
    private static final int XT_SCTP_DEST_PORTS = 2;

    private XtExtensions() {}

    static Expression comment(String text) {
        byte[] info = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), XT_MAX_COMMENT_LEN);
        return new XtMatch("comment", 0, Data.of(info));
    }

    /** struct xt_addrtype_info_v1: source types, destination types, flags. */
    static Expression addrtype(Optional<Match.SourceType> source, Optional<Match.DestinationType> destination) {
        int sourceFlag = source.filter(Match.SourceType::negated).isPresent() ? ADDRTYPE_INVERT_SOURCE : 0;
        int destinationFlag = destination.filter(Match.DestinationType::negated).isPresent() ? ADDRTYPE_INVERT_DEST : 0;
        ByteBuffer info = info(8).putShort(
                        source.map(match -> (short) match.type().bit()).orElse((short) 0))
                .putShort(destination.map(match -> (short) match.type().bit()).orElse((short) 0))
                .putInt(sourceFlag | destinationFlag);
        return new XtMatch("addrtype", 1, Data.of(info.array()));
    }

    static Expression conntrack(Match.CtStates match) {
        int mask = 0;
        for (CtState state : match.states()) {
            mask |= state.bit();
        }
        ByteBuffer info = info(CONNTRACK_SIZE)
                .putShort(CONNTRACK_MATCH_FLAGS, (short) XT_CONNTRACK_STATE)
                .putShort(CONNTRACK_STATE_MASK, (short) mask);
        return new XtMatch("conntrack", 3, Data.of(info.array()));
    }

    /** struct xt_sctp_info: destination ports, source ports, chunk map, flag_info (type ff: unused), flags. */
    static Expression sctp(Optional<PortRange> source, Optional<PortRange> destination) {
        ByteBuffer info = info(SCTP_SIZE);
        put(info, destination);
        put(info, source);
        for (int i = 0; i < SCTP_FLAG_INFOS; i++) {
            info.put(SCTP_FLAG_INFO + 3 * i, (byte) 0xff);
        }
        int flags = (source.isPresent() ? XT_SCTP_SRC_PORTS : 0) | (destination.isPresent() ? XT_SCTP_DEST_PORTS : 0);
        info.putInt(SCTP_FLAGS, flags);
        return new XtMatch("sctp", 0, Data.of(info.array()));
    }

    private static void put(ByteBuffer info, Optional<PortRange> ports) {
        info.putShort(ports.map(range -> (short) range.first()).orElse((short) 0));
        info.putShort(ports.map(range -> (short) range.last()).orElse((short) 0));
    }

    private static ByteBuffer info(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
