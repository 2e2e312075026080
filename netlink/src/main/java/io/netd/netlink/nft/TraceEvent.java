package io.netd.netlink.nft;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import java.util.Optional;

/**
 * One step of a traced packet through the rules ({@code NFT_MSG_TRACE} of {@code linux/netfilter/nf_tables.h}).
 *
 * @param packet the kernel's number of the packet, the same at every step in one network namespace
 * @param kind what happened
 * @param family {@code NFPROTO_*} of the table
 * @param table the table's name
 * @param chain the chain's name
 * @param handle the rule that matched; 0 for a policy or the end of a chain
 * @param verdict {@code NF_*} or {@code NFT_*}, of a policy its verdict
 * @param target the chain that a jump goes to
 * @param headers the packet as it came into this base chain; with the first step there only
 */
public record TraceEvent(
        int packet,
        Kind kind,
        int family,
        String table,
        String chain,
        long handle,
        int verdict,
        Optional<String> target,
        Optional<Headers> headers) {
    /** What happened to the packet. */
    public enum Kind {
        /** No rule of the base chain decided, so its policy did. */
        POLICY,
        /** The chain ended, or a rule returned from it. */
        RETURN,
        /** A rule matched. */
        RULE
    }

    /**
     * A packet at a hook.
     *
     * @param network its IP header, at most 40 bytes
     * @param transport the beginning of what is behind it, at most 20 bytes
     * @param inIndex the link it came by; 0 for none
     * @param outIndex the link it goes by; 0 while that is not decided
     */
    public record Headers(byte[] network, byte[] transport, int inIndex, int outIndex) {}

    static Optional<TraceEvent> read(Message message) {
        if (message.type() != Messages.type(NfTables.NFT_MSG_TRACE)) {
            return Optional.empty();
        }
        Attributes all = message.attributes(NfTables.NFGENMSG);
        return kind(all).map(kind -> event(message.payload().get(0), all, kind));
    }

    private static Optional<Kind> kind(Attributes all) {
        return switch (Numbers.number(all, NfTables.NFTA_TRACE_TYPE)) {
            case NfTables.NFT_TRACETYPE_POLICY -> Optional.of(Kind.POLICY);
            case NfTables.NFT_TRACETYPE_RETURN -> Optional.of(Kind.RETURN);
            case NfTables.NFT_TRACETYPE_RULE -> Optional.of(Kind.RULE);
            default -> Optional.empty();
        };
    }

    private static TraceEvent event(int family, Attributes all, Kind kind) {
        Attributes verdict = all.nested(NfTables.NFTA_TRACE_VERDICT);
        return new TraceEvent(
                Numbers.number(all, NfTables.NFTA_TRACE_ID),
                kind,
                family,
                all.text(NfTables.NFTA_TRACE_TABLE).orElse(""),
                all.text(NfTables.NFTA_TRACE_CHAIN).orElse(""),
                all.find(NfTables.NFTA_TRACE_RULE_HANDLE).map(Attribute::be64).orElse(0L),
                kind == Kind.POLICY
                        ? Numbers.number(all, NfTables.NFTA_TRACE_POLICY)
                        : Numbers.number(verdict, NfTables.NFTA_VERDICT_CODE),
                verdict.text(NfTables.NFTA_VERDICT_CHAIN),
                headers(all));
    }

    private static Optional<Headers> headers(Attributes all) {
        return all.find(NfTables.NFTA_TRACE_NETWORK_HEADER)
                .map(network -> new Headers(
                        network.bytes(),
                        all.find(NfTables.NFTA_TRACE_TRANSPORT_HEADER)
                                .map(Attribute::bytes)
                                .orElseGet(() -> new byte[0]),
                        Numbers.number(all, NfTables.NFTA_TRACE_IIF),
                        Numbers.number(all, NfTables.NFTA_TRACE_OIF)));
    }
}
