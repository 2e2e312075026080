package io.netd.netlink.nft;

import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/**
 * One expression of a rule, as iptables-nft 1.8.9 or nft 1.0.6 writes it. Expressions are compared by value, so that a rule read from
 * the kernel equals the one written.
 */
public sealed interface Expression
        permits Bitwise,
                Cmp,
                Counter,
                Ct,
                Fib,
                Foreign,
                Immediate,
                Load,
                Lookup,
                Masquerade,
                Meta,
                MetaSet,
                Nat,
                Payload,
                Range,
                XtMatch,
                XtTarget {

    /** Returns the kernel's name of this kind. */
    String kind();

    /** Writes the attributes inside NFTA_EXPR_DATA. */
    void writeData(MessageWriter writer);

    /** Writes the expression as an element of a rule's list. */
    default void write(MessageWriter writer) {
        writer.nest(NfTables.NFTA_LIST_ELEM).text(NfTables.NFTA_EXPR_NAME, kind());
        writer.nest(NfTables.NFTA_EXPR_DATA);
        writeData(writer);
        writer.unnest().unnest();
    }

    /** Reads an element of a rule's list; what netd never writes comes as {@link Foreign}. */
    static Expression read(Attributes element) {
        String kind = element.text(NfTables.NFTA_EXPR_NAME).orElse("");
        Attributes data = element.nested(NfTables.NFTA_EXPR_DATA);
        Optional<Expression> known = switch (kind) {
            case "meta" -> Meta.read(data).or(() -> MetaSet.read(data));
            case "payload" -> Payload.read(data);
            case "bitwise" -> Bitwise.read(data);
            case "cmp" -> Cmp.read(data);
            case "range" -> Range.read(data);
            case "counter" -> Optional.of(new Counter());
            case "ct" -> Ct.read(data);
            case "fib" -> Fib.read(data);
            case "immediate" -> Immediate.read(data).or(() -> Load.read(data));
            case "lookup" -> Lookup.read(data);
            case "masq" -> Masquerade.read(data);
            case "nat" -> Nat.read(data);
            case "match" -> XtMatch.read(data);
            case "target" -> XtTarget.read(data);
            default -> Optional.empty();
        };
        return known.orElseGet(() -> new Foreign(kind));
    }
}
