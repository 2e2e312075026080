package io.netd.firewall.nft;

import io.netd.netlink.nft.Cmp;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Meta;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.Payload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One order for the conditions about a packet's header that a rule begins with, whichever iptables wrote it: 1.8.9 begins
 * with interfaces, 1.8.10 and later with addresses, and these read the protocol of IPv4 out of the header.
 */
final class HeaderOrder {
    /** Where an IPv4 header has the protocol; no condition about an address is one byte there. */
    private static final Payload PROTOCOL = new Payload(NfTables.NFT_PAYLOAD_NETWORK_HEADER, 9, 1, NfTables.NFT_REG_1);

    private static final int PAYLOADS = 1 << 16;

    private HeaderOrder() {}

    /** A condition: what is loaded, and what has to be so. */
    private record Condition(int rank, List<Expression> expressions) {}

    /** Returns the same expressions in that order. */
    static List<Expression> of(List<Expression> rule) {
        List<Condition> conditions = new ArrayList<>();
        int at = 0;
        while (at < rule.size() && isHeader(rule.get(at))) {
            int end = at + 1;
            while (end < rule.size() && !(rule.get(end - 1) instanceof Cmp)) {
                end++;
            }
            List<Expression> condition = new ArrayList<>(rule.subList(at, end));
            if (condition.get(0).equals(PROTOCOL)) {
                condition.set(0, new Meta(NfTables.NFT_META_L4PROTO));
            }
            conditions.add(new Condition(rank(condition.get(0)), condition));
            at = end;
        }
        conditions.sort(Comparator.comparingInt(Condition::rank));
        List<Expression> ordered = new ArrayList<>(rule.size());
        conditions.forEach(condition -> ordered.addAll(condition.expressions()));
        ordered.addAll(rule.subList(at, rule.size()));
        return ordered;
    }

    private static boolean isHeader(Expression expression) {
        return rank(expression) >= 0;
    }

    private static int rank(Expression expression) {
        if (expression instanceof Meta meta) {
            boolean isHeader = meta.key() == NfTables.NFT_META_IIFNAME
                    || meta.key() == NfTables.NFT_META_OIFNAME
                    || meta.key() == NfTables.NFT_META_L4PROTO;
            return isHeader ? meta.key() : -1;
        }
        boolean isNetwork =
                expression instanceof Payload payload && payload.base() == NfTables.NFT_PAYLOAD_NETWORK_HEADER;
        return isNetwork ? PAYLOADS + ((Payload) expression).offset() : -1;
    }
}
